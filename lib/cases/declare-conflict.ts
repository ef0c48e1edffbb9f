import { and, eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { cases, conflictsOfInterest } from "#db/schema/cases.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { lockCase } from "./access.ts";
import { unclaimed } from "./claim-case.ts";

/**
 * Says that the actor knows a case's therapist too well. Releases every case of theirs that the
 * actor has, and hides all of them from the actor for good. Nobody is asked why.
 */
export async function declareConflict(
  actor: Actor,
  caseId: string,
  db: Db = primary(),
): Promise<void> {
  const { personId } = actor;
  await db.transaction(async (tx) => {
    const { therapistId } = await lockCase(actor, caseId, tx);
    await tx.insert(conflictsOfInterest).values({ personId, therapistId }).onConflictDoNothing();
    await tx
      .update(cases)
      .set(unclaimed)
      .where(and(eq(cases.therapistId, therapistId), eq(cases.claimedBy, personId)));
    const subject = { kind: "therapist", id: therapistId };
    await appendEvent({ actorId: personId, verb: "case.conflict", subject }, tx);
  });
}
