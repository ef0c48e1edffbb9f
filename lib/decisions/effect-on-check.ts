import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import type { decisions } from "#db/schema/decisions.ts";
import { checks } from "#db/schema/vetting.ts";
import { affirmativeCheckStates, openCheckStates } from "#db/vocabulary.ts";
import { closeCase } from "#lib/cases/close-case.ts";
import { enqueueReindex } from "#lib/jobs/enqueue.ts";
import { readCadence } from "#lib/vetting/cadence.ts";
import { notReplaced } from "#lib/vetting/not-replaced.ts";
import { addDays, nextCheckFor, todayUtc, validUntilFor } from "#lib/vetting/rules.ts";
import { readCase } from "./lock-subject.ts";
import { tellTherapist } from "./tell-therapist.ts";

type Decision = typeof decisions.$inferSelect;
type Check = typeof checks.$inferSelect;

/** A look is settled; one that was settled already is never changed: a new row takes its place. */
export async function effectOnCheck(decision: Decision, tx: Db): Promise<void> {
  const [check] = await tx
    .select()
    .from(checks)
    .where(eq(checks.id, decision.checkId ?? ""));
  if (!check) throw new Error("the look that was locked is gone");
  switch (decision.action) {
    case "source-down":
      await tryAgainTomorrow(check, tx);
      break;
    case "dispute":
    case "enter-in-error":
      await replace(check, decision, tx);
      break;
    default:
      await settle(check, decision, tx);
  }
  await enqueueReindex(decision.therapistId, tx);
  await tellTherapist(decision, tx);
  await closeWhenAllIsWell(decision, tx);
}

/** Neither yes nor no: it stays in the queue, and nothing that stood before falls. */
async function tryAgainTomorrow(check: Check, tx: Db): Promise<void> {
  const nextCheckOn = addDays(todayUtc(), 1);
  await tx
    .update(checks)
    .set({ state: "in-review", decisionCode: "source-down", nextCheckOn })
    .where(eq(checks.id, check.id));
}

const endStates = {
  verify: "verified",
  "verify-with-conditions": "verified-with-conditions",
  "unable-to-verify": "unable-to-verify",
  reject: "rejected",
} as const;

async function settle(check: Check, decision: Decision, tx: Db): Promise<void> {
  const { action, record, code, proposedBy, answeredBy } = decision;
  if (!record || !(action in endStates)) throw new Error(`${action} settles no look`);
  const state = endStates[action as keyof typeof endStates];
  const yes = (affirmativeCheckStates as readonly string[]).includes(state);
  const standing = await standingLook(check, tx);
  const cadence = readCadence();
  const { checkedOn, expiresOn } = record;
  const ends = [expiresOn, record.validUntil].filter((end) => end !== null).toSorted()[0] ?? null;
  const validUntil = yes ? validUntilFor(check.claimType, checkedOn, ends, cadence) : null;
  const nextCheckOn = nextCheckFor(check.claimType, checkedOn, validUntil, cadence);
  // What is live stays checked while new words wait; accepting them links the two.
  const replaces = (await isOfWordsThatWait(check, tx)) ? null : standing;
  await tx
    .update(checks)
    .set({
      ...record,
      state,
      decisionCode: code,
      validUntil,
      nextCheckOn,
      checkerId: proposedBy,
      secondReviewerId: answeredBy,
      supersedesId: replaces,
    })
    .where(eq(checks.id, check.id));
}

async function isOfWordsThatWait(check: Check, tx: Db): Promise<boolean> {
  if (check.claimType !== "practice-statements" || !check.caseId) return false;
  return (await readCase(check.caseId, tx)).kind === "submission";
}

/** The newest settled look at the same claim: the one that this look takes the place of. */
export async function standingLook(check: Check, tx: Db): Promise<string | null> {
  const same = (column: typeof checks.credentialId | typeof checks.trainingId, id: string | null) =>
    sql`${column} is not distinct from ${id}`;
  const [found] = await tx
    .select({ id: checks.id })
    .from(checks)
    .where(
      and(
        eq(checks.therapistId, check.therapistId),
        eq(checks.claimType, check.claimType),
        same(checks.credentialId, check.credentialId),
        same(checks.trainingId, check.trainingId),
        sql`${checks.id} <> ${check.id}`,
        inArray(checks.state, [
          ...affirmativeCheckStates,
          "unable-to-verify",
          "rejected",
          "disputed",
        ]),
        notReplaced(checks.id),
      ),
    )
    .orderBy(desc(sql`coalesce(${checks.checkedOn}, '-infinity')`), desc(checks.id))
    .limit(1);
  return found?.id ?? null;
}

/** Puts a new row in the place of a settled one, and the claim back into the queue. */
async function replace(check: Check, decision: Decision, tx: Db): Promise<void> {
  const { id, ...of } = check;
  const { proposedBy, answeredBy, code, reason, caseId } = decision;
  const state =
    decision.action === "dispute" ? ("disputed" as const) : ("entered-in-error" as const);
  await tx.insert(checks).values({
    ...of,
    state,
    caseId,
    decisionCode: code,
    publicNote: reason.slice(0, 600),
    checkerId: proposedBy,
    secondReviewerId: answeredBy,
    checkedOn: todayUtc(),
    validUntil: null,
    nextCheckOn: null,
    supersedesId: id,
  });
  await tx.insert(checks).values(lookAnew({ ...check, caseId }));
}

/** An open look at the same claim. */
export function lookAnew(check: Check): typeof checks.$inferInsert {
  const { therapistId, track, claimType, credentialId, trainingId, claim, claimVersion } = check;
  return {
    therapistId,
    track,
    claimType,
    credentialId,
    trainingId,
    claim,
    claimVersion,
    jurisdiction: check.jurisdiction,
    caseId: check.caseId,
    sourceType: "self",
    method: "manual",
    state: "attested",
  };
}

/** A re-check ends with its last look, unless one of them says no: then someone decides what it means. */
async function closeWhenAllIsWell({ caseId, proposedBy }: Decision, tx: Db): Promise<void> {
  const found = await readCase(caseId, tx);
  if (!["expiring", "recheck", "discipline"].includes(found.kind)) return;
  const unwell = await tx
    .select({ id: checks.id })
    .from(checks)
    .where(
      and(
        eq(checks.caseId, caseId),
        notReplaced(checks.id),
        inArray(checks.state, [...openCheckStates, "unable-to-verify", "rejected", "disputed"]),
      ),
    )
    .limit(1);
  if (unwell.length === 0) await closeCase(proposedBy, caseId, "checked", tx);
}
