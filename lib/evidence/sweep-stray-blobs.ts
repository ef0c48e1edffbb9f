import { and, inArray, isNull } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { evidence } from "#db/schema/evidence.ts";
import { openStore } from "#lib/storage/open-store.ts";
import type { Store } from "#lib/storage/store.ts";
import { sweepStrays } from "#lib/storage/sweep-strays.ts";

/**
 * Deletes sealed bytes that no row can open: of uploads that broke off, of accounts that are gone.
 * Those younger than a day are left alone. @returns how many there were
 */
export function sweepStrayBlobs(
  now: Date = new Date(),
  db: Db = primary(),
  store: Store = openStore(),
): Promise<number> {
  const neededOf = async (refs: string[]) => {
    const rows = await db
      .select({ ref: evidence.storageRef })
      .from(evidence)
      .where(and(inArray(evidence.storageRef, refs), isNull(evidence.destroyedAt)));
    return new Set(rows.map(({ ref }) => ref));
  };
  return sweepStrays("evidence/", neededOf, now, store);
}
