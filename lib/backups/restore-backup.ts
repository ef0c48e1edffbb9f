import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Sql } from "postgres";
import { type Connection, connect } from "#db/client.ts";
import { migrateDatabase, migrateOnly, releaseMigrations } from "#db/migrate.ts";
import { readHeadText } from "#lib/audit/rules.ts";
import { verifyChain } from "#lib/audit/verify-chain.ts";
import type { Store } from "#lib/storage/store.ts";
import { applyLedger, type Gone, reviveDocuments } from "./apply-ledger.ts";
import { type Entry, readArchive, readEntry } from "./archive.ts";
import { opensHere } from "./master-key-mark.ts";
import { RestoreError, standOf } from "./rules.ts";
import { type End, endSchema, type Ledger, type Manifest, manifestSchema } from "./schema.ts";
import { countRows, dropReferences, isEmpty, setSequences } from "./tables-as-they-load.ts";

type Target = { ownerUrl: string; siteUrl: string; store: Store };
type Given = { identities: string[]; ledger: Ledger | null };

export type Restored = { manifest: Manifest; end: End; gone: Gone };

/**
 * Brings a backup back into an empty database, and what went since goes again, by the ledger. The
 * tables are one transaction: whatever is wrong, the database is as empty as it was.
 * @param given.ledger null: no document can be opened any more, and deleted accounts come back
 * @throws RestoreError
 */
export async function restoreBackup(from: Readable, given: Given, to: Target): Promise<Restored> {
  const connection = connect(to.ownerUrl, { max: 1, lasting: true });
  try {
    await connection.sql.unsafe("begin");
    const loaded = await load(from, given, to.store, connection);
    await connection.sql.unsafe("commit");
    await migrateDatabase(to.ownerUrl, to.siteUrl);
    const gone = await applyLedger(loaded.manifest, given.ledger, to.store, connection.db);
    return { ...loaded, gone };
  } finally {
    from.destroy();
    await connection.sql.end({ timeout: 5 });
  }
}

async function load(from: Readable, given: Given, store: Store, { sql, db }: Connection) {
  if (!(await isEmpty(sql))) throw new RestoreError("not-empty");
  const entries = readArchive(from, given.identities);
  const manifest = await takeManifest(await entries.next(), given.ledger);
  await migrateOnly(manifest.migrations.length, sql);
  const tables = Object.keys(manifest.tables);
  const close = await dropReferences(tables, sql);
  const end = await takeRest(entries, manifest, store, sql);
  await checkCounts(end, sql);
  if (given.ledger) await reviveDocuments(given.ledger, sql);
  await setSequences(sql);
  // The index was built from another database: workers see that it is of no shape, and build it.
  await sql`update directory_version set index_shape = 0`;
  await close();
  const verdict = await verifyChain({ kept: readHeadText(manifest.head) }, db);
  if (verdict.fault) throw new RestoreError("chain-not-well", verdict.fault.fault);
  if (verdict.rows !== readHeadText(manifest.head)?.seq) throw new RestoreError("chain-not-well");
  return { manifest, end };
}

async function takeManifest(first: IteratorResult<Entry>, ledger: Ledger | null) {
  if (first.done || first.value.header.name !== "manifest.json") {
    throw new RestoreError("not-a-backup");
  }
  const read = manifestSchema.safeParse(JSON.parse(`${await readEntry(first.value)}`));
  if (!read.success) throw new RestoreError("not-a-backup");
  const stand = standOf(read.data.migrations, releaseMigrations());
  if (stand === "newer") throw new RestoreError("newer-release");
  if (stand === "other") throw new RestoreError("other-release");
  if (!opensHere(read.data)) throw new RestoreError("other-master-key");
  // The key may have been changed between the two.
  if (ledger && !opensHere(ledger)) throw new RestoreError("ledger-of-another");
  if (ledger && seqOf(ledger.head) < seqOf(read.data.head)) throw new RestoreError("ledger-older");
  return read.data;
}

function seqOf(head: string): number {
  return readHeadText(head)?.seq ?? 0;
}

/** Rows and files as they come, to the last entry, which says how many there are. */
async function takeRest(
  entries: AsyncGenerator<Entry>,
  manifest: Manifest,
  store: Store,
  sql: Sql,
): Promise<End> {
  let end: End | null = null;
  let files = 0;
  for await (const entry of entries) {
    const [kind = "", ...rest] = entry.header.name.split("/");
    const columns = manifest.tables[rest[0] ?? ""];
    if (kind === "tables" && columns) await takeRows(rest[0] ?? "", columns, entry, sql);
    else if (kind === "files") {
      await store.put(rest.join("/"), await readEntry(entry));
      files += 1;
    } else if (kind === "end.json") end = endSchema.parse(JSON.parse(`${await readEntry(entry)}`));
    else throw new RestoreError("not-a-backup", entry.header.name);
  }
  if (end === null) throw new RestoreError("cut-off");
  if (end.files !== files) throw new RestoreError("counts-differ", `files: ${files}`);
  return end;
}

async function takeRows(table: string, columns: string[], entry: Entry, sql: Sql): Promise<void> {
  const list = columns.map((column) => `"${column}"`).join(", ");
  await pipeline(entry, await sql.unsafe(`copy "${table}" (${list}) from stdin`).writable());
}

async function checkCounts(end: End, sql: Sql): Promise<void> {
  for (const [table, rows] of Object.entries(end.rows)) {
    const found = await countRows(table, sql);
    if (found !== rows) throw new RestoreError("counts-differ", `${table}: ${found}, not ${rows}`);
  }
}
