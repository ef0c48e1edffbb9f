import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { commandLine, identify } from "../bootstrap/identity.mjs";
import { stopOrphan } from "./orphan.ts";

/**
 * A launcher that was killed the hard way can leave the postmaster, or its pid file, or both. The
 * server is stopped when it is truly the one of this cluster; a number that now belongs to another
 * process only loses the file.
 */
export async function clearEarlierPostgres(cluster: string): Promise<void> {
  const path = join(cluster, "postmaster.pid");
  const pid = Number(pidFile(path)[0]);
  if (identify(pid) !== null && commandLine(pid).includes(cluster)) {
    await stopOrphan(pid, ["SIGINT", "SIGQUIT", "SIGKILL"]);
  }
  if (Number(pidFile(path)[0]) === pid) rmSync(path, { force: true });
}

/** The server writes its state on the eighth line. */
export function isReady(cluster: string, pid: number | undefined): boolean {
  const lines = pidFile(join(cluster, "postmaster.pid"));
  return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
}

function pidFile(path: string): string[] {
  return existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
}
