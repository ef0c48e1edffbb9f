import { getTableColumns, getTableName, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { type Db, primary } from "#db/client.ts";
import { schema } from "#db/schema/all.ts";
import { countStrays } from "#lib/evidence/count-strays.ts";
import { openStore } from "#lib/storage/open-store.ts";
import type { Store } from "#lib/storage/store.ts";
import { type RetentionClass, retentionOrder } from "./classes.ts";
import { columnsOf } from "./columns.ts";
import { listOverdue } from "./overdue.ts";

export type Holding = {
  name: RetentionClass;
  /** Of all tables that hold something of the class. */
  rows: number;
  /** `YYYY-MM-DD` of the oldest row; null where there is none, or none that is dated. */
  oldest: string | null;
  /** Rows, or files of the store, that should be gone. */
  overdue: number;
};

/** What is held by class: how much, since when, and what a job should have taken away by now. */
export async function listHoldings(
  now: Date,
  db: Db = primary(),
  store: Store = openStore(),
): Promise<Holding[]> {
  const holdings = new Map(
    retentionOrder.map((name) => [name, { name, rows: 0, oldest: null, overdue: 0 } as Holding]),
  );
  const add = (name: RetentionClass, more: Partial<Holding>) => {
    const known = holdings.get(name);
    if (!known) return;
    known.rows += more.rows ?? 0;
    known.overdue += more.overdue ?? 0;
    known.oldest = [known.oldest, more.oldest ?? null].filter(Boolean).toSorted()[0] ?? null;
  };
  for (const table of Object.keys(schema) as (keyof typeof schema)[]) {
    for (const name of columnsOf(table).keys()) add(name, await measure(table, name, db));
  }
  for (const { of, table, which } of listOverdue(now)) {
    const [row] = await db.execute<{ overdue: number }>(
      sql`select count(*)::integer as overdue from ${table} where ${which}`,
    );
    add(of, { overdue: row?.overdue ?? 0 });
  }
  add("sealed-evidence", { overdue: await countStrays(now, db, store) });
  return [...holdings.values()];
}

/** Rows from which what counts is gone although they stay. */
const stillThere: Partial<Record<keyof typeof schema, Partial<Record<RetentionClass, SQL>>>> = {
  evidence: { "sealed-evidence": sql`wrapped_key is not null` },
  reports: { "reader-report": sql`(sealed_words is not null or reply_token_hash is not null)` },
  abuseNotes: { "abuse-note": sql`sealed_words is not null` },
};

/** The first of these that a table has says how old a row is. */
const dated = [
  ...["createdAt", "openedAt", "uploadedAt", "at", "proposedAt", "writtenAt", "askedAt", "setAt"],
  ...["declaredAt", "noticedAt", "foundAt", "receivedOn", "firstSeenOn", "checkedOn", "sentOn"],
  ...["since", "savedAt", "editedAt", "lastAt"],
];

async function measure(table: keyof typeof schema, name: RetentionClass, db: Db) {
  const columns: Record<string, PgColumn> = getTableColumns(schema[table] as PgTable);
  const since = dated.map((column) => columns[column]).find((column) => column !== undefined);
  const oldest = since ? sql`min(${sql.identifier(snake(since.name))})` : sql`null`;
  const [row] = await db.execute<{ rows: number; oldest: string | null }>(sql`
    select count(*)::integer as rows, to_char(${oldest}::timestamptz, 'YYYY-MM-DD') as oldest
    from ${sql.identifier(getTableName(schema[table]))}
    where ${stillThere[table]?.[name] ?? sql`true`}`);
  return { rows: row?.rows ?? 0, oldest: row?.oldest ?? null };
}

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
