import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { appeals, decisions } from "#db/schema/decisions.ts";
import { profileRevisions, therapists } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import { closeCase } from "#lib/cases/close-case.ts";
import { openCase } from "#lib/cases/open-case.ts";
import { enqueueReindex } from "#lib/jobs/enqueue.ts";
import { lookAnew } from "./effect-on-check.ts";
import { tellTherapist } from "./tell-therapist.ts";

type Decision = typeof decisions.$inferSelect;

/**
 * Someone who took no part looked again. Overturned, what was decided is undone by what follows it:
 * the listing is back, or what was sent lies with the moderators once more. No row is rewritten.
 */
export async function effectOnAppeal(decision: Decision, tx: Db): Promise<void> {
  const { therapistId, caseId, proposedBy, action } = decision;
  if (action === "overturn") await undo(await appealedDecision(caseId, tx), proposedBy, tx);
  await closeCase(proposedBy, caseId, action === "overturn" ? "overturned" : "upheld", tx);
  await enqueueReindex(therapistId, tx);
  await tellTherapist(decision, tx);
}

async function appealedDecision(caseId: string, tx: Db): Promise<Decision> {
  const [found] = await tx
    .select()
    .from(decisions)
    .where(
      inArray(
        decisions.id,
        tx.select({ id: appeals.decisionId }).from(appeals).where(eq(appeals.caseId, caseId)),
      ),
    );
  if (!found) throw new Error("what was appealed against is gone");
  return found;
}

async function undo(made: Decision, by: string, tx: Db): Promise<void> {
  switch (made.subject) {
    case "listing":
      return bringBack(made.therapistId, tx);
    case "revision":
      return takeAgain(made, by, tx);
    case "check":
      return lookAgain(made, by, tx);
    case "appeal":
      throw new Error("an appeal is heard once");
  }
}

/** To where it was: only what had once been accepted can be seen again. */
async function bringBack(therapistId: string, tx: Db): Promise<void> {
  const has = (state: string) => sql`exists (select from profile_revisions r
    where r.therapist_id = ${therapistId} and r.state = ${state})`;
  await tx
    .update(therapists)
    .set({
      listingState: sql`case when ${has("live")} then 'listed'
        when ${has("submitted")} then 'pending' else 'draft' end`,
    })
    .where(
      and(
        eq(therapists.id, therapistId),
        inArray(therapists.listingState, ["suspended", "removed"]),
      ),
    );
}

/** With its looks begun anew; not when the therapist has begun something newer meanwhile. */
async function takeAgain({ therapistId, revisionId, caseId }: Decision, by: string, tx: Db) {
  if (revisionId === null) return;
  const open = await tx
    .select({ id: profileRevisions.id })
    .from(profileRevisions)
    .where(
      and(
        eq(profileRevisions.therapistId, therapistId),
        inArray(profileRevisions.state, ["draft", "submitted", "changes-requested"]),
      ),
    );
  if (open.length > 0) return;
  const [again] = await tx
    .update(profileRevisions)
    .set({ state: "submitted", submittedAt: new Date() })
    .where(and(eq(profileRevisions.id, revisionId), eq(profileRevisions.state, "rejected")))
    .returning({ id: profileRevisions.id });
  if (!again) return;
  await tx
    .update(therapists)
    .set({ listingState: "pending" })
    .where(and(eq(therapists.id, therapistId), eq(therapists.listingState, "draft")));
  const newCase = await openCase({ therapistId, kind: "submission", revisionId, actorId: by }, tx);
  const unsettled = and(
    eq(checks.caseId, caseId),
    inArray(checks.state, ["withdrawn", "rejected", "unable-to-verify"]),
  );
  await lookAtAll(await tx.select().from(checks).where(unsettled), newCase, tx);
}

async function lookAgain({ therapistId, checkId }: Decision, by: string, tx: Db): Promise<void> {
  const looks = await tx
    .select()
    .from(checks)
    .where(eq(checks.id, checkId ?? ""));
  const newCase = await openCase({ therapistId, kind: "recheck", actorId: by }, tx);
  await lookAtAll(looks, newCase, tx);
}

async function lookAtAll(
  looks: readonly (typeof checks.$inferSelect)[],
  caseId: string,
  tx: Db,
): Promise<void> {
  if (looks.length === 0) return;
  await tx.insert(checks).values(looks.map((look) => lookAnew({ ...look, caseId })));
}
