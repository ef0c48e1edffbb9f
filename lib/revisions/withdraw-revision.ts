import { and, eq, inArray, isNull } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import { credentials, trainings } from "#db/schema/credentials.ts";
import { profileRevisions, therapists } from "#db/schema/profiles.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { closeCase } from "#lib/cases/close-case.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { dropClaims } from "#lib/holds/drop-claims.ts";
import { lockedView } from "./submit-revision.ts";
import { transitions } from "./transitions.ts";

/**
 * Takes a submitted revision back to edit it. Looks that nobody has begun are withdrawn with it;
 * what moderators have already written stays on record.
 * @throws ConflictError when it does not lie with the moderators any more
 */
export async function withdrawRevision(actor: Actor, db: Db = primary()): Promise<void> {
  await db.transaction(async (tx) => {
    const { therapist, revision } = await lockedView(actor, tx);
    if (!therapist || !revision) throw new NotFoundError();
    const { from, to } = transitions.withdraw;
    await move(revision.id, from, to, tx);
    await endCase(actor, therapist.id, tx);
    if (therapist.listingState === "pending") {
      await tx
        .update(therapists)
        .set({ listingState: "draft" })
        .where(eq(therapists.id, therapist.id));
    }
    await note(actor, "revision.withdraw", revision.id, tx);
  });
}

/**
 * Lets the changes of an open revision go and stays with what is live.
 * @throws ConflictError when nothing is live: there would be nothing to stay with
 */
export async function discardRevision(actor: Actor, db: Db = primary()): Promise<void> {
  await db.transaction(async (tx) => {
    const { therapist, revision } = await lockedView(actor, tx);
    if (!therapist || !revision) throw new NotFoundError();
    if (!revision.hasLive) throw new ConflictError("not-listed");
    const { from, to } = transitions.discard;
    await move(revision.id, from, to, tx);
    await endCase(actor, therapist.id, tx);
    for (const table of [credentials, trainings]) {
      const own = eq(table.therapistId, therapist.id);
      await dropClaims(table, own, tx);
      await tx.update(table).set({ retireProposed: false }).where(own);
    }
    await note(actor, "revision.discard", revision.id, tx);
  });
}

/** What moderators had begun stays on record; nothing waits for them any more. */
async function endCase(actor: Actor, therapistId: string, tx: Db): Promise<void> {
  const [open] = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(
      and(eq(cases.therapistId, therapistId), eq(cases.kind, "submission"), isNull(cases.closedAt)),
    );
  if (open) await closeCase(actor.personId, open.id, "withdrawn", tx);
}

type States = (typeof transitions)[keyof typeof transitions];

async function move(id: string, from: States["from"], to: States["to"], tx: Db): Promise<void> {
  const moved = await tx
    .update(profileRevisions)
    .set({ state: to, submittedAt: null })
    .where(and(eq(profileRevisions.id, id), inArray(profileRevisions.state, [...from])))
    .returning({ id: profileRevisions.id });
  if (moved.length === 0) throw new ConflictError("not-submitted");
}

function note(actor: Actor, verb: string, id: string, tx: Db): Promise<void> {
  return appendEvent({ actorId: actor.personId, verb, subject: { kind: "revision", id } }, tx);
}
