import { and, eq, isNull } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { type CheckRecord, decisions } from "#db/schema/decisions.ts";
import type { DecisionAction, DecisionCode } from "#db/vocabulary.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { type LockedCase, lockCase, lockClaimed } from "#lib/cases/access.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { readCadence } from "#lib/vetting/cadence.ts";
import { countsAsPrimary, todayUtc } from "#lib/vetting/rules.ts";
import { lockSubject, type Subject } from "./lock-subject.ts";
import { getStanding } from "./queries.ts";
import { blockersOf } from "./rules.ts";
import { takeEffect } from "./take-effect.ts";
import { type DecisionRule, decisionRules, mayDecide, peopleFor } from "./transitions.ts";

export type NewDecision = {
  caseId: string;
  action: DecisionAction;
  /** The look that is decided; null for decisions on anything else. */
  checkId: string | null;
  code: DecisionCode | null;
  /** What the therapist may read. */
  reason: string;
  /** What the look found; null for decisions on anything else, and for a source that is down. */
  record: CheckRecord | null;
};

export type Decided = { decisionId: string; state: "in-force" | "proposed" };

/**
 * Decides, by the one table of decisions: takes effect at once where one person is enough, and
 * waits for a second one where it is not. Only whoever has claimed the case decides; to hide a
 * listing in an emergency nobody has to claim anything.
 * @throws NotFoundError for what is not theirs to decide, ConflictError when it stands otherwise
 */
export async function decide(
  actor: Actor,
  given: NewDecision,
  db: Db = primary(),
): Promise<Decided> {
  const { action, caseId } = given;
  const rule: DecisionRule = decisionRules[action];
  return db.transaction(async (tx) => {
    const lock = action === "hide" ? lockCase : lockClaimed;
    const found = await lock(actor, caseId, tx);
    const subject = await lockSubject(rule.on, found, given.checkId, tx);
    if (!mayDecide(actor.roles, action, subject.track)) throw new NotFoundError();
    await requirePossible(actor, rule, { found, subject, given }, tx);
    const people = peopleFor(action, subject.track);
    const inForce = people === 1;
    const [made] = await tx
      .insert(decisions)
      .values({
        therapistId: found.therapistId,
        caseId,
        subject: rule.on,
        checkId: subject.checkId,
        revisionId: subject.revisionId,
        action,
        code: given.code,
        reason: given.reason,
        record: given.record,
        people,
        state: inForce ? "in-force" : "proposed",
        inForceAt: inForce ? new Date() : null,
        proposedBy: actor.personId,
      })
      .returning();
    if (!made) throw new Error("the decision was not written");
    await noteDecision(actor, inForce ? "decision.make" : "decision.propose", made, found, tx);
    if (inForce) await takeEffect(made, tx);
    return { decisionId: made.id, state: inForce ? "in-force" : "proposed" };
  });
}

type Asked = { found: LockedCase; subject: Subject; given: NewDecision };

async function requirePossible(
  actor: Actor,
  rule: DecisionRule,
  { found, subject, given }: Asked,
  tx: Db,
): Promise<void> {
  const from: readonly string[] = rule.from;
  if (!rule.within.includes(found.kind)) throw new ConflictError("not-ready");
  if (!from.includes(subject.state)) throw new ConflictError("already-decided");
  if (await hasProposal(found.id, subject.checkId, tx))
    throw new ConflictError("changed-elsewhere");
  const needsRecord = rule.on === "check" && rule.codes.some((code) => code !== "source-down");
  if (needsRecord && !isUsable(given.record)) throw new ConflictError("not-ready");
  if (rule.codes.length > 0 && !rule.codes.some((code) => code === given.code)) {
    throw new ConflictError("not-ready");
  }
  if (given.action === "accept") {
    const standing = await getStanding(
      { therapistId: found.therapistId, caseId: found.id },
      todayUtc(),
      tx,
    );
    if (blockersOf(standing, actor.personId).length > 0) throw new ConflictError("not-ready");
  }
}

/** What a source said too long ago is no primary source any more, whatever the form let through. */
function isUsable(record: CheckRecord | null): boolean {
  if (record === null) return false;
  const { sourceType, sourceAsOf } = record;
  return sourceType !== "primary" || countsAsPrimary(sourceAsOf, todayUtc(), readCadence());
}

/** One thing waits for a second person at a time; it is answered before something else is said. */
async function hasProposal(caseId: string, checkId: string | null, tx: Db): Promise<boolean> {
  const about = checkId === null ? isNull(decisions.checkId) : eq(decisions.checkId, checkId);
  const found = await tx
    .select({ id: decisions.id })
    .from(decisions)
    .where(and(eq(decisions.caseId, caseId), eq(decisions.state, "proposed"), about));
  return found.length > 0;
}

type Row = typeof decisions.$inferSelect;

/** Leaves word of a decision: what and on what, never why in words. */
export async function noteDecision(
  actor: Actor,
  verb: string,
  { id, action, code, people, therapistId }: Row,
  { kind }: LockedCase,
  tx: Db,
): Promise<void> {
  await appendEvent(
    {
      actorId: actor.personId,
      verb,
      subject: { kind: "decision", id },
      details: { action, code, people, caseKind: kind, therapistId },
    },
    tx,
  );
}
