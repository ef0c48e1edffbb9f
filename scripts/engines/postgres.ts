import { type ChildProcess, spawn } from "node:child_process";
import { chownSync, existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Sql } from "postgres";
import { SetupError } from "#lib/errors.ts";
import { keptSecret, readFacts, writeFacts } from "./data-dir.ts";
import { type Engine, type EngineOptions, lastWords, stopChild, whenGone } from "./engine.ts";
import { freePort } from "./free-port.ts";
import { usablePostgres } from "./postgres-binaries.ts";
import { clearEarlierPostgres, isReady } from "./postgres-orphan.ts";
import { type PostgresPlace, postgresPlace } from "./postgres-place.ts";

interface Facts {
  port: number;
}

const siteRole = "parasol_site";

/** Starts the embedded Postgres on this data folder, on the port it had before when that is free. */
export async function startPostgres(options: EngineOptions): Promise<Engine> {
  const place = postgresPlace(options.dataDir);
  const native = usablePostgres(options.dataDir, place.user);
  await clearEarlierPostgres(place.cluster);
  if (!existsSync(place.cluster)) await createCluster(native, place, options);
  for (let attempt = 1; ; attempt++) {
    const remembered = readFacts<Facts>(options.dataDir, "postgres.json")?.port;
    const port = await freePort(attempt === 1 ? remembered : undefined);
    const outcome = await run(native, place, port, options);
    if (typeof outcome !== "string") {
      writeFacts<Facts>(options.dataDir, "postgres.json", { port });
      return outcome;
    }
    // Someone may take the port in between; an orphan's last sessions may need a moment to go.
    const passing = /could not bind|could not create any TCP|still in use/.test(outcome);
    if (!passing || attempt === 10) throw new SetupError(`Postgres does not start: ${outcome}`);
    await pause(attempt * 100, undefined, { signal: options.signal });
  }
}

export function postgresUrl(dataDir: string, port: number, database = "parasol"): string {
  return `postgres://parasol:${postgresPassword(dataDir)}@127.0.0.1:${port}/${database}`;
}

/** The same database for the role of site and worker, who own nothing in it. */
export function sitePostgresUrl(dataDir: string, port: number): string {
  return `postgres://${siteRole}:${sitePassword(dataDir)}@127.0.0.1:${port}/parasol`;
}

/** Makes that role where it is not there yet; what it may do is granted with each migration. */
export async function makeSiteRole(dataDir: string, sql: Sql): Promise<void> {
  const [found] = await sql`select from pg_roles where rolname = ${siteRole}`;
  const verb = found ? "alter" : "create";
  // Letters, digits, `-` and `_` alone: nothing in it needs quoting.
  await sql.unsafe(`${verb} role ${siteRole} login password '${sitePassword(dataDir)}'`);
}

function sitePassword(dataDir: string): string {
  return keptSecret(dataDir, "postgres-site.password");
}

function postgresPassword(dataDir: string): string {
  return keptSecret(dataDir, "postgres.password");
}

/** Made beside its place and moved there whole: a half-made cluster is never taken for one. */
async function createCluster(
  native: string,
  place: PostgresPlace,
  options: EngineOptions,
): Promise<void> {
  const draft = join(place.home, "creating");
  const passwordFile = join(place.home, "password");
  rmSync(draft, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, postgresPassword(options.dataDir), { mode: 0o600, flag: "wx" });
  if (place.user) chownSync(passwordFile, place.user.uid, place.user.gid);
  const args = ["-D", draft, "-U", "parasol", "-A", "scram-sha-256", "-E", "UTF8", "--no-sync"];
  const locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  const child = spawnTool(
    native,
    "initdb",
    [...args, ...locale, `--pwfile=${passwordFile}`],
    place,
  );
  const words = lastWords(child);
  options.signal.addEventListener("abort", () => child.kill("SIGKILL"), { once: true });
  const outcome = await whenGone(child, words);
  rmSync(passwordFile, { force: true });
  if (child.exitCode !== 0) throw new SetupError(`The database could not be made: ${outcome}`);
  renameSync(draft, place.cluster);
}

/** @returns the running engine, or the last words of one that did not come up */
async function run(
  native: string,
  place: PostgresPlace,
  port: number,
  { durable, signal }: EngineOptions,
): Promise<Engine | string> {
  const settings = { ...base, ...(durable ? {} : throwAway), port };
  const pairs = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawnTool(native, "postgres", ["-D", place.cluster, ...pairs], place);
  const words = lastWords(child);
  const exited = whenGone(child, words);
  while (!isReady(place.cluster, child.pid)) {
    if (child.exitCode !== null || child.signalCode !== null || !child.pid) return exited;
    if (signal.aborted) await stopChild(child, "SIGINT", 5_000);
    await pause(20);
  }
  return { port, exited, stop: () => stopChild(child, "SIGINT", 15_000) };
}

function spawnTool(
  native: string,
  name: string,
  args: string[],
  place: PostgresPlace,
): ChildProcess {
  // Nothing of our environment: PGDATA, PGPORT and their like would speak too.
  const env: Record<string, string | undefined> = {
    PATH: process.env.PATH,
    LC_ALL: "C",
    TZ: "UTC",
  };
  const stdio = ["ignore", "pipe", "pipe"] as const;
  return spawn(join(native, "bin", name), args, {
    cwd: place.home,
    env: env as NodeJS.ProcessEnv,
    stdio: [...stdio],
    ...place.user,
  });
}

/** An error message can quote what a reader typed: only FATAL and PANIC are ever written out. */
const base = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  // Three web processes and two workers, each with all that it may open.
  max_connections: 120,
  log_min_messages: "fatal",
  log_min_error_statement: "panic",
  log_parameter_max_length: 0,
  log_parameter_max_length_on_error: 0,
  log_statement: "none",
  log_connections: "off",
  log_disconnections: "off",
  logging_collector: "off",
};

const throwAway = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
