import { and, asc, inArray, isNull, lt, type SQL, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { evidence } from "#db/schema/evidence.ts";
import { therapists } from "#db/schema/profiles.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { isHeld } from "#lib/holds/access.ts";
import { letGo } from "#lib/storage/let-go.ts";
import { openStore } from "#lib/storage/open-store.ts";
import type { Store } from "#lib/storage/store.ts";
import type { Day } from "#lib/vetting/rules.ts";

const AT_ONCE = 100;

/**
 * Makes documents whose last day is over unreadable for good, for a job: their keys and names go
 * first, their bytes then. What the store cannot delete now, nobody can read, and a sweep takes.
 * Documents under a hold stay as they are. @returns how many were destroyed
 */
export async function destroyEvidence(
  today: Day,
  db: Db = primary(),
  store: Store = openStore(),
): Promise<number> {
  let destroyed = 0;
  for (;;) {
    const refs = await db.transaction((tx) => destroyKeys(today, tx));
    await letGo(refs, store);
    destroyed += refs.length;
    if (refs.length === 0) return destroyed;
  }
}

/** @returns where their bytes lie */
async function destroyKeys(today: Day, tx: Db): Promise<string[]> {
  const due = await tx
    .select({ id: evidence.id, therapistId: evidence.therapistId })
    .from(evidence)
    .where(isOverdue(today))
    .orderBy(asc(evidence.deleteAfter), asc(evidence.id))
    .limit(AT_ONCE);
  if (due.length === 0) return [];
  await lockAgainstHolds(
    due.map(({ therapistId }) => therapistId),
    tx,
  );
  // Asked once more: a hold may have been set before the lock was ours.
  const ids = due.map(({ id }) => id);
  const gone = await tx
    .update(evidence)
    .set(withoutKey())
    .where(and(inArray(evidence.id, ids), isOverdue(today)))
    .returning({ id: evidence.id, storageRef: evidence.storageRef });
  for (const { id } of gone) {
    const subject = { kind: "evidence", id };
    await appendEvent({ actorId: null, verb: "evidence.destroy", subject }, tx);
  }
  return gone.map(({ storageRef }) => storageRef);
}

/** Still there, its last day is over, and nothing keeps it. */
export function isOverdue(today: Day): SQL | undefined {
  return and(
    lt(evidence.deleteAfter, today),
    isNull(evidence.destroyedAt),
    sql`not ${isHeld(evidence.therapistId)}`,
  );
}

async function lockAgainstHolds(therapistIds: readonly string[], tx: Db): Promise<void> {
  await tx
    .select({ id: therapists.id })
    .from(therapists)
    .where(inArray(therapists.id, [...therapistIds]))
    .orderBy(asc(therapists.id))
    .for("update");
}

/** What a row keeps of a document that is gone: that it was, its hash, and no name. */
export function withoutKey() {
  return { wrappedKey: null, sealedName: "", destroyedAt: sql`now()` };
}
