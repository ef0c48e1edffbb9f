import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect } from "vitest";
import type { Db } from "#db/client.ts";
import { makeDatabase } from "../support/test-database.ts";

export type Copy = Awaited<ReturnType<typeof makeDatabase>>;

/** Of each table that changed: rows that went, and rows that came; a changed row is one of each. */
export type Changes = Record<string, { went: number; came: number }>;

/**
 * A database as it is before anything happens, and copies of it to strike at; call it once at the
 * top of the file. @param prepare makes it; what it returns is what the tests use
 */
export function sceneDatabase<Facts extends object>(prepare: (db: Db) => Promise<Facts>) {
  const scene = {} as Facts & {
    copy: () => Promise<Copy>;
    /** What is other there than it was. */
    changesIn: (db: Db) => Promise<Changes>;
  };
  let drop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const made = await makeDatabase();
    drop = made.drop;
    const facts = await prepare(made.db);
    const before = await readRows(made.db);
    await made.sql.end();
    Object.assign(scene, facts, {
      copy: () => makeDatabase(made.name),
      changesIn: async (db: Db) => difference(before, await readRows(db)),
    });
  });
  afterAll(() => drop?.());
  return scene;
}

/** What a killed process had begun is undone when Postgres has seen that it is gone. */
export async function untilAlone({ sql }: Copy): Promise<void> {
  const others = () => sql`
    select from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
  await expect.poll(async () => (await others()).length, { timeout: 20_000, interval: 20 }).toBe(0);
}

/** What a command says and changes, to the last check before a commit; then it is taken back. */
export async function tried<T>(db: Db, run: (tx: Db) => Promise<T>): Promise<T> {
  const outcome: { value?: T } = {};
  const takeBack = new Error("taken back");
  await db
    .transaction(async (tx) => {
      outcome.value = await run(tx);
      throw takeBack;
    })
    .catch((error: unknown) => {
      if (error !== takeBack) throw error;
    });
  return outcome.value as T;
}

type Rows = Map<string, string[]>;

/** Every row of every table, as a short word for all that is in it. */
async function readRows(db: Db): Promise<Rows> {
  // What waits for the commit is done now: the audit chain is.
  await db.execute(sql`set constraints all immediate`);
  const tables = await db.execute<{ name: string }>(sql`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`);
  const each = tables.map(
    ({ name }) => `select '${name}' as name, md5(t::text) as row from ${name} t`,
  );
  const found: Rows = new Map(tables.map(({ name }) => [name, []]));
  const rows = await db.execute<{ name: string; row: string }>(sql.raw(each.join(" union all ")));
  for (const { name, row } of rows) found.get(name)?.push(row);
  return found;
}

function difference(before: Rows, after: Rows): Changes {
  const tables = [...after].map(([name, rows]) => {
    const were = before.get(name) ?? [];
    const changes = { went: without(were, rows), came: without(rows, were) };
    return [name, changes] as const;
  });
  return Object.fromEntries(tables.filter(([, { went, came }]) => went + came > 0));
}

function without(rows: readonly string[], others: readonly string[]): number {
  const known = new Set(others);
  return rows.filter((row) => !known.has(row)).length;
}
