import { and, inArray, isNull, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { evidence } from "#db/schema/evidence.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { letGo } from "#lib/storage/let-go.ts";
import { openStore } from "#lib/storage/open-store.ts";
import type { Store } from "#lib/storage/store.ts";

/**
 * Makes documents unreadable for good, for a job: their keys and names go first, their bytes then.
 * Those that are gone already stay so. @returns how many there were left to destroy
 */
export async function destroyEvidence(
  ids: readonly string[],
  db: Db = primary(),
  store: Store = openStore(),
): Promise<number> {
  if (ids.length === 0) return 0;
  const rows = await db.transaction(async (tx) => {
    const destroyed = await tx
      .update(evidence)
      .set(withoutKey())
      .where(and(inArray(evidence.id, [...ids]), isNull(evidence.destroyedAt)))
      .returning({ id: evidence.id, storageRef: evidence.storageRef });
    for (const { id } of destroyed) {
      const subject = { kind: "evidence", id };
      await appendEvent({ actorId: null, verb: "evidence.destroy", subject }, tx);
    }
    return destroyed;
  });
  await letGo(
    rows.map(({ storageRef }) => storageRef),
    store,
  );
  return rows.length;
}

/** What a row keeps of a document that is gone: that it was, its hash, and no name. */
export function withoutKey() {
  return { wrappedKey: null, sealedName: "", destroyedAt: sql`now()` };
}
