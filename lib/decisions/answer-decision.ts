import { and, eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { decisions } from "#db/schema/decisions.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { lockClaimed } from "#lib/cases/access.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { noteDecision } from "./decide.ts";
import { lockSubject } from "./lock-subject.ts";
import { takeEffect } from "./take-effect.ts";
import { type DecisionRule, decisionRules, mayDecide } from "./transitions.ts";

/**
 * The second person agrees, and the decision takes effect, or does not, and it is let go. Whoever
 * proposed it can take it back and never agree to it; the answerer has claimed the case as well.
 * @throws ConflictError `needs-another-person` when the second would be the first
 */
export async function answerDecision(
  actor: Actor,
  { decisionId, agree }: { decisionId: string; agree: boolean },
  db: Db = primary(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const proposal = await readProposal(decisionId, tx);
    const found = await lockClaimed(actor, proposal.caseId, tx);
    const { action, checkId } = proposal;
    const rule: DecisionRule = decisionRules[action];
    const own = proposal.proposedBy === actor.personId;
    if (own && agree) throw new ConflictError("needs-another-person");
    const subject = await lockSubject(rule.on, found, checkId, tx);
    if (!mayDecide(actor.roles, action, subject.track)) throw new NotFoundError();
    const from: readonly string[] = rule.from;
    if (agree && !from.includes(subject.state)) throw new ConflictError("already-decided");
    const now = new Date();
    const [answered] = await tx
      .update(decisions)
      .set({
        state: agree ? "in-force" : "declined",
        inForceAt: agree ? now : null,
        answeredBy: own ? null : actor.personId,
        answeredAt: now,
      })
      .where(and(eq(decisions.id, decisionId), eq(decisions.state, "proposed")))
      .returning();
    if (!answered) throw new ConflictError("already-decided");
    await noteDecision(actor, agree ? "decision.make" : "decision.decline", answered, found, tx);
    if (agree) await takeEffect(answered, tx);
  });
}

async function readProposal(decisionId: string, tx: Db) {
  const [proposal] = await tx.select().from(decisions).where(eq(decisions.id, decisionId));
  if (!proposal) throw new NotFoundError();
  return proposal;
}
