import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readFacts } from "../../scripts/engines/data-dir.ts";
import type { ClusterFacts } from "../../scripts/test/cluster/facts.ts";

/** The site under test, as `npm test -- promises`, `faults` and `cluster` have started it. */
export const site = {
  url: process.env.PARASOL_URL ?? "",
  dataDir: process.env.PARASOL_DATA_DIR ?? "",
  /** Holds the data folder, the temp folder of all its processes, and all that they said. */
  home: process.env.PARASOL_HOME ?? "",
  /** Whether site and tests are alone on a network that leads nowhere. */
  noWayOut: process.env.PARASOL_NO_WAY_OUT === "1",
  /** Whether the data folder is a small disk of its own, which may be filled. */
  smallDisk: process.env.PARASOL_SMALL_DISK === "1",
};

type UpFile = {
  pid: number;
  databaseUrl: string;
  migrationDatabaseUrl: string;
  /** Of several nodes, with commas between them. */
  meiliUrl: string;
};

export function upFile(): UpFile {
  return JSON.parse(readFileSync(join(site.dataDir, "up.json"), "utf8"));
}

/** Of a site of many processes; null for one of two. */
export const cluster = readFacts<ClusterFacts>(site.dataDir, "cluster.json") as ClusterFacts | null;

export function meiliPid(): number {
  return JSON.parse(readFileSync(join(site.dataDir, "meilisearch.pid"), "utf8")).pid;
}

export function meiliKey(): string {
  return readFileSync(join(site.dataDir, "meilisearch.key"), "utf8").trim();
}

/** A process and all that it has started. */
export function withChildren(pid: number): number[] {
  const children = readOrNothing(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean);
  return [pid, ...children.flatMap((child) => withChildren(Number(child)))];
}

/** The process of the site whose command line says this, such as the name of a script of ours. */
export function pidOf(words: string | RegExp): number {
  const pid = findPid(words);
  if (pid === null) throw new Error(`the site runs no ${words}`);
  return pid;
}

/** The same, or null while there is none. */
export function findPid(words: string | RegExp): number | null {
  const says = (line: string) =>
    typeof words === "string" ? line.includes(words) : words.test(line);
  const found = withChildren(upFile().pid).find((pid) =>
    says(readOrNothing(`/proc/${pid}/cmdline`).replaceAll("\0", " ")),
  );
  return found ?? null;
}

/** Files that a process has open, by the way on which they can be read even when they are gone. */
export function openFiles(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => `/proc/${pid}/fd/${fd}`);
  } catch {
    return [];
  }
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
