import { rmSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { SetupError } from "#lib/errors.ts";
import { tryLock } from "../bootstrap/lock.mjs";
import { type Alive, keepAlive } from "../keep-alive.ts";
import { openDataDir } from "./data-dir.ts";
import { type KeptEngine, startKeeper } from "./kept-engine.ts";
import { meilisearchKey, meilisearchUrl } from "./meilisearch.ts";
import { makeSiteRole, postgresUrl, sitePostgresUrl } from "./postgres.ts";
import { removeOutsidePlace } from "./postgres-place.ts";

export interface EngineRequest {
  dataDir: string;
  /** False for data that is thrown away: faster, lost when the machine loses power. */
  durable?: boolean;
  say?: (line: string) => void;
  /** An engine came back elsewhere after a crash: those who know the old address must learn it. */
  onMoved?: () => unknown;
}

export interface Engines {
  /** For the owner of the tables, who migrates. */
  databaseUrl: string;
  /** For site and worker. */
  siteDatabaseUrl: string;
  meiliUrl: string;
  meiliMasterKey: string;
  stop(): Promise<void>;
}

export interface SomeEngines {
  readonly databaseUrl: string | undefined;
  readonly siteDatabaseUrl: string | undefined;
  readonly meiliUrl: string | undefined;
  readonly meiliMasterKey: string | undefined;
  stop(): Promise<void>;
}

/** Another process works on this data folder. */
export class BusyError extends SetupError {
  readonly holder: number;

  constructor(dataDir: string, holder: number) {
    super(`The data folder ${dataDir} is in use by process ${holder}.`);
    this.holder = holder;
  }
}

/**
 * Starts both embedded engines on this data folder and keeps them alive until `stop`.
 * @throws BusyError when another process has the folder; SetupError with words on what to do
 */
export async function startEngines(request: EngineRequest): Promise<Engines> {
  const started = await startSomeEngines({ ...request, postgres: true, meilisearch: true });
  const { databaseUrl = "", siteDatabaseUrl = "", meiliUrl = "", meiliMasterKey = "" } = started;
  return { databaseUrl, siteDatabaseUrl, meiliUrl, meiliMasterKey, stop: started.stop };
}

/** The same for those that are not given from outside. Addresses are read anew at each access. */
export async function startSomeEngines(
  request: EngineRequest & { postgres: boolean; meilisearch: boolean },
): Promise<SomeEngines> {
  const dataDir = openDataDir(request.dataDir);
  const lock = tryLock(join(dataDir, "engines.lock"));
  if (!lock.held) throw new BusyError(dataDir, lock.holder);
  const outcomes = await Promise.allSettled([
    request.postgres ? alive("postgres", dataDir, request) : undefined,
    request.meilisearch ? alive("meilisearch", dataDir, request) : undefined,
  ]);
  const [database, search] = outcomes.map((one) =>
    one.status === "fulfilled" ? one.value : undefined,
  );
  const stop = async () => {
    await Promise.all([database?.stop(), search?.stop()]);
    lock.release();
  };
  try {
    for (const one of outcomes) if (one.status === "rejected") throw one.reason;
    if (database) await createDatabase(dataDir, database.current().port);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    get databaseUrl() {
      return database && postgresUrl(dataDir, database.current().port);
    },
    get siteDatabaseUrl() {
      return database && sitePostgresUrl(dataDir, database.current().port);
    },
    get meiliUrl() {
      return search && meilisearchUrl(search.current().port);
    },
    meiliMasterKey: search && meilisearchKey(dataDir),
    stop,
  };
}

/** For tests and benchmarks, after `stop`: the folder and what it had to keep elsewhere. */
export function removeDataDir(dataDir: string): void {
  removeOutsidePlace(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
}

async function alive(
  name: "postgres" | "meilisearch",
  dataDir: string,
  { durable = true, say = () => {}, onMoved }: EngineRequest,
): Promise<Alive<KeptEngine>> {
  let port: number | undefined;
  return keepAlive(name, () => startKeeper(name, dataDir, { durable }), {
    say,
    onBack: (now) => {
      const moved = port !== undefined && port !== now.port;
      port = now.port;
      return moved ? onMoved?.() : undefined;
    },
  }).then((kept) => {
    port = kept.current().port;
    return kept;
  });
}

async function createDatabase(dataDir: string, port: number): Promise<void> {
  const sql = postgres(postgresUrl(dataDir, port, "postgres"), { max: 1, onnotice: () => {} });
  try {
    const found = await sql`select 1 from pg_database where datname = 'parasol'`;
    if (found.length === 0) await sql`create database parasol`;
    await makeSiteRole(dataDir, sql);
  } finally {
    await sql.end();
  }
}
