import { readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pidOf, site, withChildren } from "../support/running-site.ts";

/** What happens to the site, while people are at it; settles when it is over. */
export type Strike = () => Promise<void>;

const parts = {
  Meilisearch: () => [pidOf("meilisearch --")],
  Postgres: () => withChildren(pidOf("postgres -D")),
  worker: () => [pidOf("scripts/worker.ts")],
  web: () => [pidOf("scripts/web.ts")],
  "mail server": () => [pidOf("scripts/mail-catcher.ts")],
} satisfies Record<string, () => number[]>;
export type Part = keyof typeof parts;
export const allParts = Object.keys(parts) as Part[];

/** Power that goes: nothing is told, and nothing is finished. */
export function killed(...which: readonly Part[]): Strike {
  return async () => {
    kill(which.flatMap((part) => parts[part]()));
  };
}

/** It takes connections and says nothing, as a machine that is at its end. */
export function frozen(part: Part, ms: number): Strike {
  return async () => {
    const pids = parts[part]();
    for (const pid of pids) signal(pid, "SIGSTOP");
    await pause(ms);
    for (const pid of pids) signal(pid, "SIGCONT");
  };
}

export function clockOff(byMs: number, forMs: number): Strike {
  const file = join(site.home, "clock");
  return async () => {
    writeFileSync(file, String(byMs));
    await pause(forMs);
    rmSync(file);
  };
}

/** The disk of the data folder is full, to its last block. */
export function diskFull(forMs: number): Strike {
  const file = join(site.dataDir, "filler");
  return async () => {
    const { bavail, bsize } = statfsSync(site.dataDir);
    const piece = Buffer.alloc(1 << 20);
    try {
      for (let at = 0; at <= bavail * bsize; at += piece.length) {
        writeFileSync(file, piece, { flag: "a" });
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    }
    await pause(forMs);
    rmSync(file);
  };
}

export function kill(pids: readonly number[]): void {
  for (const pid of pids) signal(pid, "SIGKILL");
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // Those of Postgres end with their first one.
    if (readState(pid) !== null) throw error;
  }
}

function readState(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null;
  }
}
