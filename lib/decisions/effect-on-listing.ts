import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import type { decisions } from "#db/schema/decisions.ts";
import { therapists } from "#db/schema/profiles.ts";
import type { CaseKind, ListingState } from "#db/vocabulary.ts";
import { closeCase } from "#lib/cases/close-case.ts";
import { openCase } from "#lib/cases/open-case.ts";
import { ConflictError } from "#lib/errors.ts";
import { enqueueReindex } from "#lib/jobs/enqueue.ts";
import { readCase } from "./lock-subject.ts";
import { tellTherapist } from "./tell-therapist.ts";
import { type DecisionRule, decisionRules } from "./transitions.ts";

type Decision = typeof decisions.$inferSelect;

/** A listing goes down, comes back, or stays; readers see it at once, whatever the index knows. */
export async function effectOnListing(decision: Decision, tx: Db): Promise<void> {
  const { therapistId, caseId, action, proposedBy } = decision;
  const rule: DecisionRule = decisionRules[action];
  if (rule.on !== "listing") throw new Error(`${action} is no decision on a listing`);
  if (rule.to !== null) await moveListing(therapistId, rule.from, rule.to, tx);
  if (rule.closes !== null) await closeCase(proposedBy, caseId, rule.closes, tx);
  if (action === "hide") await keepOpen(therapistId, caseId, proposedBy, tx);
  await enqueueReindex(therapistId, tx);
  await tellTherapist(decision, tx);
}

async function moveListing(
  therapistId: string,
  from: readonly ListingState[],
  to: ListingState,
  tx: Db,
): Promise<void> {
  const moved = await tx
    .update(therapists)
    .set({ listingState: to })
    .where(and(eq(therapists.id, therapistId), inArray(therapists.listingState, [...from])))
    .returning({ id: therapists.id });
  if (moved.length === 0) throw new ConflictError("already-decided");
}

/** Cases in which a hidden listing can be restored, suspended for good, or removed. */
const canGoOn: readonly CaseKind[] = decisionRules.restore.within;

/** What one person hid is looked at by two: a case for it is always open afterwards. */
async function keepOpen(therapistId: string, caseId: string, by: string, tx: Db): Promise<void> {
  const { kind } = await readCase(caseId, tx);
  if (canGoOn.includes(kind)) return;
  await openCase({ therapistId, kind: "complaint", urgent: true, actorId: by }, tx);
}
