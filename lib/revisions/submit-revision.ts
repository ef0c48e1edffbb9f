import { randomInt } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { profileRevisions, therapists } from "#db/schema/profiles.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { lockTherapists } from "#lib/cases/access.ts";
import { openCase } from "#lib/cases/open-case.ts";
import { answerWithinDays } from "#lib/cases/rules.ts";
import { resumeClock } from "#lib/cases/stop-clock.ts";
import { enqueueMail } from "#lib/email/enqueue-mail.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { enqueueRegisterLook } from "#lib/jobs/enqueue.ts";
import { slugOf } from "#lib/profiles/rules.ts";
import { findCredentialType, practiceStatements } from "#lib/reference/queries.ts";
import { permitsPractice } from "#lib/reference/rules.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { attestClaims } from "./attest-claims.ts";
import { listClaimsToCheck } from "./claims-to-check.ts";
import { type EditorView, getEditorView } from "./queries.ts";
import { type Missing, missingBeforeSubmit } from "./rules.ts";
import { transitions } from "./transitions.ts";

/** What is still missing of a therapist's revision, by the reference data. */
export function missingIn(view: EditorView): Missing[] {
  return missingBeforeSubmit(view, {
    coreStatements: practiceStatements()
      .filter(({ core }) => core)
      .map(({ id }) => id),
    permitsPractice: (typeId) => {
      const type = findCredentialType(typeId);
      return type !== undefined && permitsPractice(type.issuerKind);
    },
  });
}

/**
 * Freezes the open revision and hands it to the moderators, with one open look for each claim that
 * needs one. What is live stays up meanwhile.
 * @param consent that the person wants to be listed and knows that listings are public
 * @throws ConflictError when something is missing, or nothing is open
 */
export async function submitRevision(
  actor: Actor,
  { consent }: { consent: true },
  db: Db = primary(),
): Promise<void> {
  const today = todayUtc();
  await db.transaction(async (tx) => {
    const view = await lockedView(actor, tx);
    const { therapist, revision } = view;
    if (!therapist || !revision) throw new NotFoundError();
    if (revision.state === "submitted") throw new ConflictError("already-submitted");
    if (missingIn(view).length > 0) throw new ConflictError("incomplete");
    const { from, to } = transitions.submit;
    const moved = await tx
      .update(profileRevisions)
      .set({ state: to, submittedAt: new Date() })
      .where(and(eq(profileRevisions.id, revision.id), inArray(profileRevisions.state, [...from])))
      .returning({ id: profileRevisions.id });
    if (moved.length === 0) throw new ConflictError("changed-elsewhere");
    const caseId = await openCase(
      {
        therapistId: therapist.id,
        kind: "submission",
        revisionId: revision.id,
        actorId: actor.personId,
      },
      tx,
    );
    await resumeClock(caseId, tx);
    const claims = await listClaimsToCheck(view, today, tx);
    await attestClaims({ therapistId: therapist.id, caseId }, claims, tx);
    await enqueueRegisterLook(caseId, tx);
    const never = therapist.listingState === "draft";
    await tx
      .update(therapists)
      .set({
        ...(consent && { consentedAt: new Date() }),
        ...(never && {
          listingState: "pending",
          slug: freshSlug(revision.displayName ?? ""),
          confirmedOn: today,
        }),
      })
      .where(eq(therapists.id, therapist.id));
    await appendEvent(
      {
        actorId: actor.personId,
        verb: "revision.submit",
        subject: { kind: "revision", id: revision.id },
      },
      tx,
    );
    await confirmByMail(actor, today, tx);
  });
}

/** The view under a lock on the therapist: no other tab can write between the look and the move. */
export async function lockedView(actor: Actor, tx: Db): Promise<EditorView> {
  if (!actor.roles.includes("therapist")) throw new NotFoundError();
  await lockTherapists(eq(therapists.personId, actor.personId), tx);
  return getEditorView(actor, tx);
}

async function confirmByMail(actor: Actor, today: string, tx: Db): Promise<void> {
  const [person] = await tx
    .select({ email: people.email, locale: people.locale })
    .from(people)
    .where(eq(people.id, actor.personId));
  if (!person) throw new NotFoundError();
  await enqueueMail(
    {
      kind: "submission-received",
      to: person.email,
      personId: actor.personId,
      locale: person.locale,
      params: { day: addDays(today, answerWithinDays) },
    },
    tx,
  );
}

const tailLetters = "23456789abcdefghjkmnpqrstvwxyz";

/** From the display name, with a tail so that two people of one name never meet. */
function freshSlug(name: string): string {
  const tail = Array.from({ length: 4 }, () => tailLetters.charAt(randomInt(tailLetters.length)));
  return [slugOf(name).slice(0, 80), tail.join("")].filter(Boolean).join("-");
}
