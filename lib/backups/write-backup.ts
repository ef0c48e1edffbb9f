import type { Writable } from "node:stream";
import { sql } from "drizzle-orm";
import type { Sql } from "postgres";
import { type Connection, connect, type Db } from "#db/client.ts";
import { readHead } from "#lib/audit/read-head.ts";
import { headText } from "#lib/audit/rules.ts";
import type { Store } from "#lib/storage/store.ts";
import { type Put, writeArchive } from "./archive.ts";
import { makeLedger } from "./ledger.ts";
import { masterKeyMarks } from "./master-key-mark.ts";
import type { End, Ledger, Manifest } from "./schema.ts";
import { heldTables } from "./tables.ts";

/** Above the largest row, and small beside a process's memory. */
const PIECE_BYTES = 4 * 1024 * 1024;
const LINE_END = 0x0a;

export type Written = { manifest: Manifest; end: End; ledger: Ledger };

/**
 * Writes everything that is to come back after a loss, as it stood at one moment: tables from one
 * snapshot, then sealed documents and photos. Writers are not held up meanwhile. Documents are in it
 * without their keys: those are in the ledger of the same moment.
 * @param recipient an age recipient; nobody else can read it, we neither
 */
export async function writeBackup(
  { databaseUrl, store, recipient }: { databaseUrl: string; store: Store; recipient: string },
  to: Writable,
): Promise<Written> {
  const written: Partial<Written> = {};
  await inSnapshot(databaseUrl, async (connection) => {
    const manifest = await makeManifest(connection);
    const end: End = { rows: {}, files: 0 };
    await writeArchive(recipient, to, async (put) => {
      await put("manifest.json", jsonOf(manifest));
      for (const [table, columns] of Object.entries(manifest.tables)) {
        end.rows[table] = await putTable(table, columns, connection.sql, put);
      }
      for (const prefix of ["evidence/", "photos/"])
        end.files += await putFiles(prefix, store, put);
      await put("end.json", jsonOf(end));
    });
    Object.assign(written, { manifest, end, ledger: await makeLedger(connection.db) });
  });
  return written as Written;
}

/** One connection, which postgres.js needs to keep a transaction that is begun by hand. */
export async function inSnapshot<T>(
  databaseUrl: string,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = connect(databaseUrl, { max: 1, lasting: true });
  try {
    await connection.sql.unsafe("begin isolation level repeatable read read only");
    const result = await work(connection);
    await connection.sql.unsafe("commit");
    return result;
  } finally {
    await connection.sql.end({ timeout: 5 });
  }
}

async function makeManifest({ sql: client, db }: Connection): Promise<Manifest> {
  const [now] = await client<{ at: string }[]>`select now()::text as at`;
  const migrations = await client<{ hash: string }[]>`
    select hash from drizzle.__drizzle_migrations order by created_at, id`;
  return {
    format: 1,
    takenAt: now?.at ?? "",
    migrations: migrations.map(({ hash }) => hash),
    head: headText(await readHead(db)),
    ...masterKeyMarks(),
    tables: await columnsOfTables(db),
  };
}

async function columnsOfTables(db: Db): Promise<Manifest["tables"]> {
  const rows = await db.execute<{ name: string; columns: string[] }>(sql`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      and c.relname in ${[...heldTables]}
    group by c.relname order by c.relname`);
  return Object.fromEntries(rows.map(({ name, columns }) => [name, columns]));
}

/** @returns how many rows */
async function putTable(table: string, columns: string[], client: Sql, put: Put): Promise<number> {
  const list = columns.map((column) => withoutKey(table, column)).join(", ");
  const lines = await client.unsafe(`copy (select ${list} from "${table}") to stdout`).readable();
  let [rows, size, number] = [0, 0, 0];
  let piece: Buffer[] = [];
  const flush = async () => {
    if (piece.length === 0) return;
    number += 1;
    await put(`tables/${table}/${String(number).padStart(6, "0")}.copy`, Buffer.concat(piece));
    piece = [];
    size = 0;
  };
  for await (const some of lines as AsyncIterable<Buffer>) {
    rows += linesIn(some);
    size += some.length;
    piece.push(some);
    // Each piece is loaded by itself, so none ends within a row.
    if (size >= PIECE_BYTES && some.at(-1) === LINE_END) await flush();
  }
  await flush();
  return rows;
}

/** A row is a line: Postgres writes line breaks within it as two other characters. */
function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_END); at >= 0; at = bytes.indexOf(LINE_END, at + 1)) lines += 1;
  return lines;
}

/** Documents go in as if destroyed at this moment; only the ledger can make them whole again. */
function withoutKey(table: string, column: string): string {
  if (table !== "evidence") return `"${column}"`;
  if (column === "wrapped_key") return "null";
  if (column === "sealed_name") return "''";
  return column === "destroyed_at" ? "coalesce(destroyed_at, now())" : `"${column}"`;
}

/** @returns how many; what is destroyed while we read is left out */
async function putFiles(prefix: string, store: Store, put: Put): Promise<number> {
  let files = 0;
  for (const { ref } of await store.list(prefix)) {
    const bytes = await store.get(ref);
    if (bytes === null) continue;
    await put(`files/${ref}`, bytes);
    files += 1;
  }
  return files;
}

function jsonOf(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}
