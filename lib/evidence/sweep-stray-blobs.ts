import { and, inArray, isNull } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { evidence } from "#db/schema/evidence.ts";
import { openStore } from "#lib/storage/open-store.ts";
import type { Store } from "#lib/storage/store.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const AT_ONCE = 500;

/**
 * Deletes sealed bytes that no row can open: of uploads that broke off, of accounts that are gone.
 * Those younger than a day are left alone, since their row may be on its way.
 * @returns how many there were
 */
export async function sweepStrayBlobs(
  now: Date = new Date(),
  db: Db = primary(),
  store: Store = openStore(),
): Promise<number> {
  const old = (await store.list("evidence/"))
    .filter(({ storedAt }) => now.getTime() - storedAt.getTime() > DAY_MS)
    .map(({ ref }) => ref);
  let swept = 0;
  for (let from = 0; from < old.length; from += AT_ONCE) {
    const refs = old.slice(from, from + AT_ONCE);
    const rows = await db
      .select({ ref: evidence.storageRef })
      .from(evidence)
      .where(and(inArray(evidence.storageRef, refs), isNull(evidence.destroyedAt)));
    const needed = new Set(rows.map(({ ref }) => ref));
    for (const ref of refs) {
      if (needed.has(ref)) continue;
      await store.delete(ref);
      swept += 1;
    }
  }
  return swept;
}
