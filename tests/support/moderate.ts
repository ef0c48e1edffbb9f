import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import type { CheckRecord } from "#db/schema/decisions.ts";
import { therapists } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import { type CaseKind, openCheckStates } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { claimCase } from "#lib/cases/claim-case.ts";
import { answerDecision } from "#lib/decisions/answer-decision.ts";
import { decide } from "#lib/decisions/decide.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { makePerson } from "./people.ts";

/** What a look found, as a register that has someone would say it. */
export function found(change: Partial<CheckRecord> = {}): CheckRecord {
  const today = todayUtc();
  return {
    authority: "A register",
    sourceType: "primary",
    sourceUrl: "https://register.example/look-up",
    method: "call-back",
    sourceAsOf: today,
    sourceStatus: "Active",
    issuedOn: null,
    expiresOn: addDays(today, 365),
    checkedOn: today,
    validUntil: null,
    nextCheckOn: null,
    conditions: null,
    publicNote: null,
    privateNote: null,
    evidenceHash: null,
    evidenceRef: null,
    ...change,
  };
}

export async function openCaseOf(
  therapistId: string,
  kind: CaseKind,
  db: Db,
): Promise<typeof cases.$inferSelect> {
  const [open] = await db
    .select()
    .from(cases)
    .where(and(eq(cases.therapistId, therapistId), eq(cases.kind, kind), isNull(cases.closedAt)));
  if (!open) throw new Error(`no open case of kind ${kind}`);
  return open;
}

export function openLooks(caseId: string, db: Db) {
  return db
    .select()
    .from(checks)
    .where(and(eq(checks.caseId, caseId), inArray(checks.state, [...openCheckStates])));
}

/** Lets go of a case as its claim would by itself in time. */
export async function lapse(caseId: string, db: Db): Promise<void> {
  await db
    .update(cases)
    .set({ claimedUntil: new Date(0) })
    .where(eq(cases.id, caseId));
}

/** Two moderators say yes to every look of a case, the second where it takes two. */
export async function verifyAll(
  caseId: string,
  { first, second }: { first: Actor; second: Actor },
  db: Db,
): Promise<void> {
  await claimCase(first, caseId, db);
  const proposals: string[] = [];
  for (const { id } of await openLooks(caseId, db)) {
    const { decisionId, state } = await decide(
      first,
      {
        caseId,
        action: "verify",
        checkId: id,
        code: "source-match",
        reason: "It is as you said.",
        record: found(),
      },
      db,
    );
    if (state === "proposed") proposals.push(decisionId);
  }
  await lapse(caseId, db);
  await claimCase(second, caseId, db);
  for (const decisionId of proposals) await answerDecision(second, { decisionId, agree: true }, db);
}

/** Takes what lies with the moderators to what readers see, as they do it. */
export async function acceptSubmission(therapistId: string, db: Db): Promise<void> {
  const first = await makePerson(db, { roles: ["moderator"] });
  const second = await makePerson(db, { roles: ["moderator"] });
  const { id } = await openCaseOf(therapistId, "submission", db);
  await verifyAll(id, { first, second }, db);
  const accept = { action: "accept", checkId: null, code: null, record: null } as const;
  await decide(second, { caseId: id, ...accept, reason: "All of it is as you said." }, db);
}

export async function listingState(therapistId: string, db: Db): Promise<string> {
  const [row] = await db
    .select({ state: therapists.listingState })
    .from(therapists)
    .where(eq(therapists.id, therapistId));
  return row?.state ?? "gone";
}
