import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { legalHolds } from "#db/schema/evidence.ts";
import { therapists } from "#db/schema/profiles.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { seal } from "#lib/sealing/seal.ts";
import { isStranger, requireRole } from "./access.ts";
import { holdKeepers, reasonContext } from "./rules.ts";

/**
 * Keeps all documents of a therapist until the hold is lifted: past their days, and past the
 * deletion of the account. @returns its id
 * @throws NotFoundError, ConflictError("on-hold") when there is one already
 */
export async function setHold(
  actor: Actor,
  { therapistId, reason }: { therapistId: string; reason: string },
  db: Db = primary(),
): Promise<string> {
  requireRole(actor, holdKeepers);
  const id = randomUUID();
  await db.transaction(async (tx) => {
    const [therapist] = await tx
      .select({ id: therapists.id })
      .from(therapists)
      .where(and(eq(therapists.id, therapistId), isStranger(actor, therapists.id)));
    if (!therapist) throw new NotFoundError();
    const sealedReason = seal(reason, reasonContext(id));
    // The foreign key locks the therapist, as a purge does: that is over before, or sees the hold.
    const set = await tx
      .insert(legalHolds)
      .values({ id, therapistId, sealedReason, setBy: actor.personId })
      .onConflictDoNothing()
      .returning({ id: legalHolds.id });
    if (set.length === 0) throw new ConflictError("on-hold");
    await appendEvent(
      {
        actorId: actor.personId,
        verb: "hold.set",
        subject: { kind: "hold", id },
        details: { therapistId },
      },
      tx,
    );
  });
  return id;
}
