import { and, sql } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import type { Db } from "#db/client.ts";
import { therapists } from "#db/schema/profiles.ts";
import { visibleOn } from "#lib/profiles/visible.ts";

const known = new LRUCache<string, boolean>({ max: 100_000 });
let knownAt = "";

/**
 * Those of some therapists whom readers may see today, as Postgres has it.
 * @param stamp what the directory stands at (`directoryStamp`), read after the reader asked: while
 *   it stays, an answer stays true and is not asked for again. Null asks every time.
 */
export async function visibleAmong(
  ids: readonly string[],
  today: string,
  stamp: string | null,
  db: Db,
): Promise<Set<string>> {
  if (stamp === null) return askPostgres(ids, today, db);
  if (stamp !== knownAt) {
    known.clear();
    knownAt = stamp;
  }
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0) {
    const visible = await askPostgres(unknown, today, db);
    // The directory may have moved on meanwhile; then this belongs to nobody but this reader.
    if (stamp !== knownAt) return askPostgres(ids, today, db);
    for (const id of unknown) known.set(id, visible.has(id));
  }
  return new Set(ids.filter((id) => known.get(id)));
}

async function askPostgres(ids: readonly string[], today: string, db: Db): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .select({ id: therapists.id })
    .from(therapists)
    // One array and not a list of values: the same statement, planned once, however many ids.
    .where(and(sql`${therapists.id} = any(${sql.param([...ids])})`, visibleOn(today)));
  return new Set(rows.map((row) => row.id));
}
