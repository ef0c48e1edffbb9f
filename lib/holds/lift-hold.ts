import { and, eq, isNull, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { legalHolds } from "#db/schema/evidence.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { isStranger, requireRole } from "./access.ts";
import { holdKeepers } from "./rules.ts";

/**
 * Lets documents go whose days are over: the next purge takes them.
 * @throws NotFoundError, ConflictError("already-decided") when it was lifted before
 */
export async function liftHold(
  actor: Actor,
  { holdId }: { holdId: string },
  db: Db = primary(),
): Promise<void> {
  requireRole(actor, holdKeepers);
  await db.transaction(async (tx) => {
    const theirs = and(eq(legalHolds.id, holdId), isStranger(actor, legalHolds.therapistId));
    const [lifted] = await tx
      .update(legalHolds)
      .set({ liftedBy: actor.personId, liftedAt: sql`now()` })
      .where(and(theirs, isNull(legalHolds.liftedAt)))
      .returning({ therapistId: legalHolds.therapistId });
    if (!lifted) {
      const known = await tx.$count(legalHolds, theirs);
      throw known > 0 ? new ConflictError("already-decided") : new NotFoundError();
    }
    await appendEvent(
      {
        actorId: actor.personId,
        verb: "hold.lift",
        subject: { kind: "hold", id: holdId },
        details: { therapistId: lifted.therapistId },
      },
      tx,
    );
  });
}
