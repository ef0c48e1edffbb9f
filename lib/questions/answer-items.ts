import { and, asc, eq, exists, inArray, isNull, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import { caseItems } from "#db/schema/decisions.ts";
import { profileRevisions } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { answerContext } from "#lib/cases/rules.ts";
import { resumeClock } from "#lib/cases/stop-clock.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { seal, unseal } from "#lib/sealing/seal.ts";
import { lockOwnTherapist, toldOf } from "./access.ts";
import type { Answer } from "./schema.ts";

/**
 * Answers questions of moderators: all that were given, or none. With the last one of a case, the
 * days in which we answer run on, and the looks that waited are looked at again.
 * @throws NotFoundError, ConflictError `changed-elsewhere` where another answer stands already,
 * `already-decided` when the case is closed
 */
export async function answerItems(
  actor: Actor,
  answers: readonly Answer[],
  db: Db = primary(),
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockOwnTherapist(actor, tx);
    const caseIds = await lockCasesOf(actor, answers, tx);
    const answered = new Map(caseIds.map((id) => [id, 0]));
    for (const answer of answers) {
      const caseId = await answerItem(answer, tx);
      if (caseId !== null) answered.set(caseId, (answered.get(caseId) ?? 0) + 1);
    }
    for (const [caseId, count] of answered) {
      if (count > 0) await goOn(actor, caseId, count, tx);
    }
  });
}

/** Every question is one of the actor's own; cases are locked in the order of their ids. */
async function lockCasesOf(actor: Actor, answers: readonly Answer[], tx: Db): Promise<string[]> {
  const wanted = [...new Set(answers.map(({ itemId }) => itemId))];
  const items = await tx
    .select({ caseId: caseItems.caseId })
    .from(caseItems)
    .innerJoin(cases, eq(cases.id, caseItems.caseId))
    .where(and(inArray(caseItems.id, wanted), toldOf(actor)));
  if (items.length < wanted.length) throw new NotFoundError();
  const ids = [...new Set(items.map(({ caseId }) => caseId))];
  const locked = await tx
    .select({ id: cases.id, closedAt: cases.closedAt })
    .from(cases)
    .where(inArray(cases.id, ids))
    .orderBy(asc(cases.id))
    .for("update");
  if (locked.some(({ closedAt }) => closedAt !== null)) throw new ConflictError("already-decided");
  return locked.map(({ id }) => id);
}

/** @returns the case, or null when the very same answer stands already: the form was sent twice */
async function answerItem({ itemId, words }: Answer, tx: Db): Promise<string | null> {
  const context = answerContext(itemId);
  const [answered] = await tx
    .update(caseItems)
    .set({ sealedAnswer: seal(words, context), answeredAt: sql`now()` })
    .where(and(eq(caseItems.id, itemId), isNull(caseItems.answeredAt)))
    .returning({ caseId: caseItems.caseId });
  if (answered) return answered.caseId;
  const [stands] = await tx
    .select({ sealedAnswer: caseItems.sealedAnswer })
    .from(caseItems)
    .where(eq(caseItems.id, itemId));
  const same = stands?.sealedAnswer && unseal(stands.sealedAnswer, context) === words;
  if (!same) throw new ConflictError("changed-elsewhere");
  return null;
}

async function goOn(actor: Actor, caseId: string, answered: number, tx: Db): Promise<void> {
  const left = await tx.$count(
    caseItems,
    and(eq(caseItems.caseId, caseId), isNull(caseItems.answeredAt)),
  );
  if (left === 0) {
    await lookAgain(caseId, tx);
    if (!(await isSentBack(caseId, tx))) await resumeClock(caseId, tx);
  }
  const subject = { kind: "case", id: caseId };
  const details = { answered, left };
  await appendEvent({ actorId: actor.personId, verb: "case.answer", subject, details }, tx);
}

async function lookAgain(caseId: string, tx: Db): Promise<void> {
  const asked = tx
    .select({ id: caseItems.id })
    .from(caseItems)
    .where(and(eq(caseItems.caseId, caseId), eq(caseItems.checkId, checks.id)));
  await tx
    .update(checks)
    .set({ state: "in-review" })
    .where(and(eq(checks.caseId, caseId), eq(checks.state, "needs-info"), exists(asked)));
}

/** Then the days go on standing still until the therapist has sent the profile again. */
async function isSentBack(caseId: string, tx: Db): Promise<boolean> {
  const [found] = await tx
    .select({ id: cases.id })
    .from(cases)
    .innerJoin(profileRevisions, eq(profileRevisions.id, cases.revisionId))
    .where(and(eq(cases.id, caseId), eq(profileRevisions.state, "changes-requested")));
  return found !== undefined;
}
