import { randomInt } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { profileRevisions, therapists } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { enqueueMail } from "#lib/email/enqueue-mail.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { slugOf } from "#lib/profiles/rules.ts";
import { findCredentialType, practiceStatements } from "#lib/reference/queries.ts";
import { permitsPractice } from "#lib/reference/rules.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { listClaimsToCheck } from "./claims-to-check.ts";
import { type EditorView, getEditorView } from "./queries.ts";
import { type Missing, missingBeforeSubmit } from "./rules.ts";
import { transitions } from "./transitions.ts";

/** Days in which moderators answer. */
export const answerWithinDays = 30;

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
    await attest(view, today, tx);
    const never = therapist.listingState === "draft";
    await tx
      .update(therapists)
      .set({
        ...(consent && { consentedAt: new Date() }),
        ...(never && { listingState: "pending", slug: freshSlug(revision.displayName ?? "") }),
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
  await tx
    .select({ id: therapists.id })
    .from(therapists)
    .where(eq(therapists.personId, actor.personId))
    .for("update");
  return getEditorView(actor, tx);
}

/** Ends the looks that nobody has begun. */
export async function withdrawOpenLooks(therapistId: string, tx: Db): Promise<void> {
  await tx
    .update(checks)
    .set({ state: "withdrawn" })
    .where(and(eq(checks.therapistId, therapistId), eq(checks.state, "attested")));
}

async function attest(view: EditorView, today: string, tx: Db): Promise<void> {
  const therapistId = view.therapist?.id ?? "";
  // Looks of an earlier submission that nobody began are of claims as they were.
  await withdrawOpenLooks(therapistId, tx);
  const claims = await listClaimsToCheck(view, today, tx);
  if (claims.length === 0) return;
  await tx.insert(checks).values(
    claims.map(({ why, ...claim }) => ({
      ...claim,
      therapistId,
      sourceType: "self" as const,
      method: "manual" as const,
      state: "attested" as const,
    })),
  );
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
