import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { SetupError } from "#lib/errors.ts";
import { commandLine, identify } from "../bootstrap/identity.mjs";
import { forgetFacts, keptSecret, readFacts, writeFacts } from "./data-dir.ts";
import { type Engine, type EngineOptions, lastWords, stopChild, whenGone } from "./engine.ts";
import { freePort } from "./free-port.ts";
import { usableMeilisearch } from "./meilisearch-binary.ts";
import { stopOrphan } from "./orphan.ts";

interface Process {
  pid: number;
  identity: string | null;
}

const pidName = "meilisearch.pid";

/** Starts the embedded Meilisearch on this data folder, on its port of before when that is free. */
export async function startMeilisearch(options: EngineOptions): Promise<Engine> {
  const binary = usableMeilisearch(options.dataDir);
  await clearEarlier(options.dataDir);
  for (let attempt = 1; ; attempt++) {
    const remembered = readFacts<{ port: number }>(options.dataDir, "meilisearch.json")?.port;
    const port = await freePort(attempt === 1 ? remembered : undefined);
    const outcome = await run(binary, port, options);
    if (typeof outcome !== "string") {
      writeFacts(options.dataDir, "meilisearch.json", { port });
      return outcome;
    }
    if (!/in use/i.test(outcome) || attempt === 5) {
      throw new SetupError(`Meilisearch does not start: ${outcome}${adviceOn(outcome, options)}`);
    }
  }
}

/** An engine refuses data that another version wrote; ours can all be made anew. */
function adviceOn(words: string, { dataDir }: EngineOptions): string {
  if (!/database version|incompatible|version file/i.test(words)) return "";
  return (
    `\n  Its data in ${join(dataDir, "meilisearch")} is of another version of Meilisearch.` +
    "\n  Nothing is in there that Postgres does not have: move that folder away and start again;" +
    "\n  the worker fills it anew."
  );
}

export function meilisearchUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}

export function meilisearchKey(dataDir: string): string {
  return keptSecret(dataDir, "meilisearch.key");
}

/** @returns the running engine, or the last words of one that did not come up */
async function run(
  binary: string,
  port: number,
  { dataDir, signal }: EngineOptions,
): Promise<Engine | string> {
  const home = join(dataDir, "meilisearch");
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const settings = {
    "--db-path": join(home, "data.ms"),
    "--dump-dir": join(home, "dumps"),
    "--snapshot-dir": join(home, "snapshots"),
    "--http-addr": `127.0.0.1:${port}`,
    "--env": "production",
    "--log-level": "WARN",
    "--max-indexing-memory": "256MiB",
  };
  const env: Record<string, string | undefined> = {
    PATH: process.env.PATH,
    MEILI_MASTER_KEY: meilisearchKey(dataDir),
  };
  const child = spawn(binary, ["--no-analytics", ...Object.entries(settings).flat()], {
    cwd: home,
    env: env as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const words = lastWords(child);
  let ready = false;
  // Once it serves, its words may concern a search: they are dropped.
  const exited = whenGone(child, () => (ready ? "" : words()));
  if (child.pid)
    writeFacts<Process>(dataDir, pidName, { pid: child.pid, identity: identify(child.pid) });
  while (!(await isHealthy(port))) {
    if (child.exitCode !== null || child.signalCode !== null || !child.pid) return exited;
    if (signal.aborted) await stopChild(child, "SIGTERM", 5_000);
    await pause(20);
  }
  ready = true;
  const stop = async () => {
    await stopChild(child, "SIGTERM", 15_000);
    if (readFacts<Process>(dataDir, pidName)?.pid === child.pid) forgetFacts(dataDir, pidName);
  };
  return { port, exited, stop };
}

/** Only the very process that was written down is stopped, never one that inherited its number. */
async function clearEarlier(dataDir: string): Promise<void> {
  const earlier = readFacts<Process>(dataDir, pidName);
  if (!earlier?.pid || !earlier.identity) return;
  const same = identify(earlier.pid) === earlier.identity;
  if (same && commandLine(earlier.pid).includes("meilisearch")) {
    await stopOrphan(earlier.pid, ["SIGTERM", "SIGKILL"]);
  }
  forgetFacts(dataDir, pidName);
}

/** Plain http: the keeper stays small without the machinery behind `fetch`. */
function isHealthy(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(`${meilisearchUrl(port)}/health`, { timeout: 2_000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(false));
  });
}
