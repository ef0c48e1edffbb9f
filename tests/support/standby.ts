import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { openDataDir } from "../../scripts/engines/data-dir.ts";
import { type KeptEngine, startKeeper } from "../../scripts/engines/kept-engine.ts";
import { postgresPlace } from "../../scripts/engines/postgres-place.ts";
import { removeDataDir } from "../../scripts/engines/start-engines.ts";
import { copyRunningCluster } from "./base-copy.ts";

export interface Standby {
  /** The port it listens on, the same after `start`. */
  readonly port: number;
  /** The same database and role there as in an address of the primary. */
  urlOf: (primaryUrl: string) => string;
  /** What the primary has written from now on is not seen here until `resume`. */
  pause: () => Promise<void>;
  resume: () => Promise<void>;
  /** Waits until everything that the primary has written by now can be read here. */
  caughtUp: () => Promise<void>;
  /** Ends it at once, as when its machine is lost; `start` begins it again. */
  kill: () => Promise<void>;
  start: () => Promise<void>;
  /** Ends it, forgets it in the primary if that still answers, and removes its data. */
  remove: () => Promise<void>;
}

/**
 * Starts a streaming replica of a Postgres that runs on this machine: hot, read-only, asynchronous.
 * Its keeper ends it when this process is gone.
 * @param ownerUrl the primary, for a superuser, such as `engines.databaseUrl` of `startEngines`
 * @param dataDir an empty folder of its own; unset, one that `remove` removes
 */
export async function startStandby(ownerUrl: string, dataDir?: string): Promise<Standby> {
  const folder = openDataDir(dataDir ?? mkdtempSync(join(tmpdir(), "parasol-standby-")));
  const primary = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  const place = postgresPlace(folder);
  const name = await prepareStandby(ownerUrl, folder);
  let engine: KeptEngine = await startKeeper("postgres", folder, { durable: false });
  const urlOf = (primaryUrl: string) => {
    const url = new URL(primaryUrl);
    url.host = `127.0.0.1:${engine.port}`;
    return url.href;
  };
  const asked = <T extends postgres.Row>(ask: (sql: postgres.Sql) => PromiseLike<T[]>) =>
    once(urlOf(ownerUrl), ask);
  return {
    get port() {
      return engine.port;
    },
    urlOf,
    pause: async () => {
      await asked((sql) => sql`select pg_wal_replay_pause()`);
      await until("it pauses", async () => {
        const [row] = await asked((sql) => sql`select pg_get_wal_replay_pause_state() as state`);
        return row?.state === "paused";
      });
    },
    resume: async () => {
      await asked((sql) => sql`select pg_wal_replay_resume()`);
    },
    caughtUp: async () => {
      const lsn = await flushed(primary);
      await until("it has caught up", async () => {
        const [row] = await asked(
          (sql) => sql`select pg_last_wal_replay_lsn() >= ${lsn}::pg_lsn as is_there`,
        );
        return row?.is_there === true;
      });
    },
    kill: async () => {
      const [pid] = readFileSync(join(place.cluster, "postmaster.pid"), "utf8").split("\n");
      process.kill(Number(pid), "SIGKILL");
      await engine.exited;
    },
    start: async () => {
      engine = await startKeeper("postgres", folder, { durable: false });
    },
    remove: async () => {
      await engine.stop();
      await forget(primary, name).catch(() => {
        // A primary that is gone needs no tidying.
      });
      await primary.end({ timeout: 0 });
      removeDataDir(folder);
    },
  };
}

/**
 * Copies the primary into a data folder, so that a Postgres which starts on it follows.
 * @returns how its role and its slot are called in the primary
 */
export async function prepareStandby(ownerUrl: string, folder: string): Promise<string> {
  const name = `standby_${randomBytes(6).toString("hex")}`;
  const place = postgresPlace(folder);
  const password = randomBytes(16).toString("hex");
  const primary = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await primary.unsafe(`create role ${name} replication login password '${password}'`);
    await primary`select pg_create_physical_replication_slot(${name}, true)`;
  } finally {
    await primary.end();
  }
  const { hostname, port } = new URL(ownerUrl);
  await copyRunningCluster(ownerUrl, place.cluster, place.user, {
    conninfo: `host=${hostname} port=${port} user=${name} password=${password} application_name=${name}`,
    slot: name,
  });
  return name;
}

/** How far the primary has written. Throw-away clusters commit before they write: this one waits. */
async function flushed(primary: postgres.Sql): Promise<string> {
  await primary.begin(async (sql) => {
    await sql`set local synchronous_commit = on`;
    await sql`select pg_logical_emit_message(true, 'standby', '')`;
  });
  const [now] = await primary<{ lsn: string }[]>`select pg_current_wal_flush_lsn()::text as lsn`;
  return now?.lsn ?? "";
}

/** Its sender in the primary needs a moment to notice. */
async function forget(primary: postgres.Sql, name: string): Promise<void> {
  await until("its slot is free", async () => {
    const held = await primary`
      select from pg_replication_slots where slot_name = ${name} and active`;
    return held.length === 0;
  });
  await primary`select pg_drop_replication_slot(${name})`;
  await primary.unsafe(`drop role ${name}`);
}

async function once<T>(url: string, ask: (sql: postgres.Sql) => PromiseLike<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await ask(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`the standby: waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
