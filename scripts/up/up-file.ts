import { identify } from "../bootstrap/identity.mjs";
import { forgetFacts, readFacts, writeFacts } from "../engines/data-dir.ts";

/** What a running `up` tells tests and other commands on the same data folder. */
export interface UpFile {
  pid: number;
  identity: string | null;
  url: string;
  /** Only those of embedded engines: the others are in the environment of whoever needs them. */
  databaseUrl?: string | undefined;
  migrationDatabaseUrl?: string | undefined;
  meiliUrl?: string | undefined;
  meiliKeyFile?: string | undefined;
}

const name = "up.json";

export function writeUpFile(dataDir: string, facts: Omit<UpFile, "pid" | "identity">): void {
  const us = { pid: process.pid, identity: identify(process.pid) };
  writeFacts<UpFile>(dataDir, name, { ...us, ...facts });
}

/** The file of an `up` that runs now. */
export function runningUp(dataDir: string): UpFile | null {
  const found = readFacts<UpFile>(dataDir, name);
  if (!found?.pid || !found.identity || !found.url) return null;
  return identify(found.pid) === found.identity ? (found as UpFile) : null;
}

/** Whether one was killed the hard way here: its web process may hold the port a moment longer. */
export function wasKilled(dataDir: string): boolean {
  return readFacts<UpFile>(dataDir, name) !== null && runningUp(dataDir) === null;
}

export function removeUpFile(dataDir: string): void {
  forgetFacts(dataDir, name);
}
