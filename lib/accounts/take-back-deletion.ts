import { and, eq, isNotNull } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";

/** The account stays. A listing that was paused stays so, until its owner says otherwise. */
export async function takeBackDeletion({ personId }: Actor, db: Db = primary()): Promise<void> {
  await db.transaction(async (tx) => {
    const kept = await tx
      .update(people)
      .set({ deletionAskedAt: null })
      .where(and(eq(people.id, personId), isNotNull(people.deletionAskedAt)))
      .returning({ id: people.id });
    if (kept.length === 0) return;
    const subject = { kind: "person", id: personId };
    await appendEvent({ actorId: personId, verb: "account.take-back-deletion", subject }, tx);
  });
}
