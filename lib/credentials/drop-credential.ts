import { and, eq, or } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { credentials } from "#db/schema/credentials.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";
import { dropClaims } from "#lib/holds/drop-claims.ts";
import { requireDraft } from "#lib/revisions/open-draft.ts";

/**
 * Takes a licence out of the open draft. One that was never accepted goes at once; one that readers
 * see stays until the draft is accepted, and so does what a change to it would have replaced.
 * @throws NotFoundError for an id that is not the actor's own
 */
export async function dropCredential(actor: Actor, id: string, db: Db = primary()): Promise<void> {
  await db.transaction(async (tx) => {
    const { therapistId } = await requireDraft(actor, tx);
    const own = eq(credentials.therapistId, therapistId);
    const [known] = await tx
      .select({ stage: credentials.stage, replacesId: credentials.replacesId })
      .from(credentials)
      .where(and(own, eq(credentials.id, id)));
    if (!known || known.stage === "retired") throw new NotFoundError();
    const current = known.stage === "current" ? id : known.replacesId;
    // A change to it goes too, whichever of the two an older tab has named.
    const dropped = or(eq(credentials.id, id), eq(credentials.replacesId, id));
    await dropClaims(credentials, and(own, dropped), tx);
    if (current) {
      await tx.update(credentials).set({ retireProposed: true }).where(eq(credentials.id, current));
    }
    await appendEvent(
      {
        actorId: actor.personId,
        verb: "credential.drop",
        subject: { kind: "credential", id },
      },
      tx,
    );
  });
}

/** Keeps a licence after all that the draft would have let go. */
export async function keepCredential(actor: Actor, id: string, db: Db = primary()): Promise<void> {
  await db.transaction(async (tx) => {
    const { therapistId } = await requireDraft(actor, tx);
    const kept = await tx
      .update(credentials)
      .set({ retireProposed: false })
      .where(
        and(
          eq(credentials.id, id),
          eq(credentials.therapistId, therapistId),
          eq(credentials.stage, "current"),
        ),
      )
      .returning({ id: credentials.id });
    if (kept.length === 0) throw new NotFoundError();
    await appendEvent(
      { actorId: actor.personId, verb: "credential.keep", subject: { kind: "credential", id } },
      tx,
    );
  });
}
