import { and, inArray } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { therapists } from "#db/schema/profiles.ts";
import { visibleOn } from "#lib/profiles/visible.ts";

/** Those of some therapists whom readers may see today. */
export async function visibleAmong(
  ids: readonly string[],
  today: string,
  db: Db,
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .select({ id: therapists.id })
    .from(therapists)
    .where(and(inArray(therapists.id, [...ids]), visibleOn(today)));
  return new Set(rows.map((row) => row.id));
}
