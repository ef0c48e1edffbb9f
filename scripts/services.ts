import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { migrateDatabase } from "#db/migrate.ts";
import { requireKnownPooler } from "#lib/circuits/require-known-pooler.ts";
import { type Config, readConfig } from "#lib/config.ts";
import { searchServers } from "#lib/search/servers.ts";
import { keptSecret, openDataDir } from "./engines/data-dir.ts";
import { settingFault } from "./engines/outside-faults.ts";
import { BusyError, startSomeEngines } from "./engines/start-engines.ts";
import { waitForMeilisearch, waitForPostgres } from "./engines/wait-for-outside.ts";
import { onStop } from "./lifetime.ts";
import { explain } from "./up/print.ts";
import { runningUp } from "./up/up-file.ts";

export type ServiceEnvironment = Record<string, string | undefined>;

interface Lease {
  env: ServiceEnvironment;
  /** Who migrates; the command itself runs as the site's role. */
  ownerUrl: string;
  stop(): Promise<void>;
}

/**
 * Runs a command with a migrated Postgres and a Meilisearch: those of the environment, else those
 * of an `up` that runs on this data folder, else embedded ones for the time of the command. They
 * are handed over, for the site's own role, and also set in `process.env`. A failure is printed and
 * sets the exit code.
 * When the signal comes, the command has ten seconds to end.
 * @param search false for what never asks the search engine: it is then not waited for, or started
 * @param migrate false for what makes the tables itself, as their owner
 */
export async function withServices(
  run: (env: ServiceEnvironment, signal: AbortSignal, ownerUrl: string) => Promise<void>,
  { search = true, migrate = true }: { search?: boolean; migrate?: boolean } = {},
): Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  let lease: Lease | undefined;
  const working = (async () => {
    lease = await obtain(readConfig(), search, signal);
    Object.assign(process.env, lease.env);
    await requireKnownPooler(readConfig());
    const say = (line: string) => console.error(line);
    if (migrate) await bringUpToDate(lease, say);
    signal.throwIfAborted();
    await run({ ...process.env }, signal, lease.ownerUrl);
  })();
  const ended = working.then(
    () => 0,
    () => 130,
  );
  onStop(
    async () => {
      stopping.abort();
      const code = await Promise.race([ended, pause(10_000, 130)]);
      await lease?.stop();
      return code;
    },
    { graceMs: 40_000 },
  );
  try {
    await working;
  } catch (error) {
    if (signal.aborted) return;
    console.error(explain(error));
    process.exitCode = 1;
  }
  if (!signal.aborted) await lease?.stop();
}

/** Waits while another command has the data folder, growing from 1 s to 30 s between two looks. */
async function obtain(config: Config, search: boolean, signal: AbortSignal): Promise<Lease> {
  const dataDir = openDataDir(config.DATA_DIR);
  for (let wait = 1; ; wait = Math.min(30, wait * 2)) {
    const running = fromRunningUp(config, dataDir, search);
    if (running) return running;
    try {
      return await fromOwnEngines(config, dataDir, search, signal);
    } catch (error) {
      if (!(error instanceof BusyError)) throw error;
      console.error(`${error.message} Next look in ${wait} s.`);
    }
    await pause(wait * 1_000, undefined, { signal });
  }
}

function fromRunningUp(config: Config, dataDir: string, search: boolean): Lease | null {
  const up = runningUp(dataDir);
  const databaseUrl = config.DATABASE_URL ?? up?.databaseUrl;
  const meiliUrl = config.MEILI_URL ?? up?.meiliUrl;
  if (!up || !databaseUrl || (search && !meiliUrl)) return null;
  const ownerUrl = ownerOf(config) ?? up.migrationDatabaseUrl ?? databaseUrl;
  const key = config.MEILI_URL ? config.MEILI_MASTER_KEY : readKey(up.meiliKeyFile);
  const env = {
    ...environment(dataDir, databaseUrl, meiliUrl, key),
    ...(!config.DATABASE_URL && keptKey(dataDir)),
    SITE_URL: config.SITE_URL ?? up.url,
  };
  return { env, ownerUrl, stop: async () => {} };
}

async function fromOwnEngines(
  config: Config,
  dataDir: string,
  search: boolean,
  signal: AbortSignal,
): Promise<Lease> {
  const say = (line: string) => console.error(line);
  const ownUrl = ownerOf(config);
  const needed = { postgres: !config.DATABASE_URL, meilisearch: search && !config.MEILI_URL };
  if (config.DATABASE_URL) await waitForPostgres(config.DATABASE_URL, { say, signal });
  if (config.MIGRATION_DATABASE_URL) {
    await waitForPostgres(config.MIGRATION_DATABASE_URL, { say, signal }, "MIGRATION_DATABASE_URL");
  }
  if (search && config.MEILI_URL) await waitForMeilisearch(searchServers(config), { say, signal });
  if (ownUrl && !needed.meilisearch) {
    const { DATABASE_URL, MEILI_URL, MEILI_MASTER_KEY } = config;
    const env = environment(dataDir, DATABASE_URL, MEILI_URL, MEILI_MASTER_KEY);
    return { env, ownerUrl: ownUrl, stop: async () => {} };
  }
  const engines = await startSomeEngines({ dataDir, ...needed, say });
  const databaseUrl = engines.siteDatabaseUrl ?? config.DATABASE_URL;
  const meiliUrl = engines.meiliUrl ?? config.MEILI_URL;
  const key = engines.meiliMasterKey ?? config.MEILI_MASTER_KEY;
  const env = {
    ...environment(dataDir, databaseUrl, meiliUrl, key),
    ...(needed.postgres && keptKey(dataDir)),
  };
  return { env, ownerUrl: engines.databaseUrl ?? ownUrl ?? "", stop: () => engines.stop() };
}

async function bringUpToDate({ ownerUrl, env }: Lease, say: (line: string) => void): Promise<void> {
  try {
    await migrateDatabase(ownerUrl, env.DATABASE_URL, { say });
  } catch (error) {
    throw settingFault("Postgres", "DATABASE_URL", ownerUrl, error) ?? error;
  }
}

function ownerOf({ MIGRATION_DATABASE_URL, DATABASE_URL }: Config): string | undefined {
  return MIGRATION_DATABASE_URL ?? DATABASE_URL;
}

function environment(
  dataDir: string,
  databaseUrl: string | undefined,
  meiliUrl: string | undefined,
  key: string | undefined,
): ServiceEnvironment {
  return {
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    MIGRATION_DATABASE_URL: "",
    MEILI_URL: meiliUrl ?? "",
    ...(key && { MEILI_MASTER_KEY: key }),
  };
}

/** What lies sealed in an embedded database opens with the key beside it. */
function keptKey(dataDir: string): ServiceEnvironment {
  return { MASTER_KEY: process.env.MASTER_KEY || keptSecret(dataDir, "master.key") };
}

function readKey(path: string | undefined): string | undefined {
  return path && readFileSync(path, "utf8").trim();
}
