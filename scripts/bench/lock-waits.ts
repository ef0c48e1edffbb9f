import { setTimeout as pause } from "node:timers/promises";
import type { Sql } from "postgres";
import { connect } from "#db/client.ts";
import { detail } from "../up/print.ts";
import type { BenchDirectory } from "./directory.ts";

export type LockWait = {
  change: string;
  seconds: number;
  /** The longest that a reader and a writer waited meanwhile, in ms. */
  reader: number;
  writer: number;
};

type Change = { name: string; statements: readonly string[]; after?: string };

const tableNames = ["therapists", "people", "credentials", "checks"] as const;

/** What migrations do to tables that are full. `after` takes away what no rollback does. */
const changes: readonly Change[] = [
  { name: "nothing, for comparison", statements: ["select pg_sleep(5)"] },
  {
    name: "a table that refers to therapists",
    statements: ["create table bench_rows (therapist_id text references therapists)"],
  },
  {
    name: "a column with a default",
    statements: ["alter table checks add column bench integer not null default 0"],
  },
  {
    name: "an index on therapists (as 0008)",
    statements: ["create index bench_index on therapists (id) where listing_state = 'paused'"],
  },
  {
    name: "an index on checks",
    statements: ["create index bench_index on checks (next_check_on)"],
  },
  {
    name: "the same, concurrently",
    statements: ["create index concurrently bench_index on checks (next_check_on)"],
    after: "drop index concurrently bench_index",
  },
  {
    name: "a rule for checks",
    statements: ["alter table checks add constraint bench_rule check (claim_version > 0)"],
  },
  {
    name: "the same, validated later",
    statements: [
      "alter table checks add constraint bench_rule check (claim_version > 0) not valid",
      "alter table checks validate constraint bench_rule",
    ],
    after: "alter table checks drop constraint bench_rule",
  },
];

/** Makes each change under a few readers and writers, and takes it back. */
export async function measureLockWaits(
  { engines }: BenchDirectory,
  signal: AbortSignal,
): Promise<LockWait[]> {
  const { sql } = connect(engines.databaseUrl, { max: 12 });
  const waits: LockWait[] = [];
  try {
    for (const change of changes) {
      signal.throwIfAborted();
      const ended = new AbortController();
      const loads = [read, write].map((work) => longest(() => everyTable(work, sql), ended.signal));
      await pause(500);
      const begun = performance.now();
      await make(change, sql);
      const seconds = (performance.now() - begun) / 1000;
      ended.abort();
      const [reader = 0, writer = 0] = await Promise.all(loads);
      if (change.after) await sql.unsafe(change.after);
      waits.push({ change: change.name, seconds, reader, writer });
      const waited = `a reader waited ${reader.toFixed(0)} ms, a writer ${writer.toFixed(0)} ms`;
      detail(`  ${change.name}: ${seconds.toFixed(1)} s; at most ${waited}`);
    }
  } finally {
    await sql.end({ timeout: 2 });
  }
  return waits;
}

export function printLockWaits(therapists: number, waits: readonly LockWait[]): void {
  const people = therapists.toLocaleString("en");
  console.log(
    `\n${people} therapists: what others waited for a change of full tables, in ms at most`,
  );
  for (const { change, seconds, reader, writer } of waits) {
    const times = `${seconds.toFixed(1)} s; readers ${reader.toFixed(0)}, writers ${writer.toFixed(0)}`;
    console.log(`  ${change.padEnd(38)} ${times}`);
  }
}

/** In one transaction, as migrations are, unless it must be taken away by hand afterwards. */
async function make({ statements, after }: Change, sql: Sql): Promise<void> {
  if (after) {
    for (const statement of statements) await sql.unsafe(statement);
    return;
  }
  const session = await sql.reserve();
  try {
    await session.unsafe("begin");
    for (const statement of statements) await session.unsafe(statement);
  } finally {
    await session.unsafe("rollback");
    session.release();
  }
}

async function longest(work: () => Promise<unknown>, ended: AbortSignal): Promise<number> {
  let most = 0;
  while (!ended.aborted) {
    const begun = performance.now();
    await work();
    most = Math.max(most, performance.now() - begun);
    await pause(5);
  }
  return most;
}

/** At once, so that a wait for one table hides none for another. */
function everyTable(work: (table: string, sql: Sql) => Promise<unknown>, sql: Sql) {
  return Promise.all(tableNames.map((table) => work(table, sql)));
}

const read = (table: string, sql: Sql) => sql.unsafe(`select * from ${table} order by id limit 1`);
const write = (table: string, sql: Sql) =>
  sql.unsafe(`update ${table} set id = id where id = (select min(id) from ${table})`);
