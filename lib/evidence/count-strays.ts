import { and, inArray, isNull } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { evidence } from "#db/schema/evidence.ts";
import { openStore } from "#lib/storage/open-store.ts";
import type { Store } from "#lib/storage/store.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const AT_ONCE = 500;

/** Sealed bytes that no row can open, and that a sweep should have taken: older than two days. */
export async function countStrays(
  now: Date,
  db: Db = primary(),
  store: Store = openStore(),
): Promise<number> {
  const old = (await store.list("evidence/"))
    .filter(({ storedAt }) => now.getTime() - storedAt.getTime() > 2 * DAY_MS)
    .map(({ ref }) => ref);
  let strays = 0;
  for (let from = 0; from < old.length; from += AT_ONCE) {
    const refs = old.slice(from, from + AT_ONCE);
    const theirs = and(inArray(evidence.storageRef, refs), isNull(evidence.destroyedAt));
    strays += refs.length - (await db.$count(evidence, theirs));
  }
  return strays;
}
