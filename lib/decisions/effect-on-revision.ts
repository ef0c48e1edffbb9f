import { and, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import { credentials, trainings } from "#db/schema/credentials.ts";
import type { decisions } from "#db/schema/decisions.ts";
import { profileRevisions, therapists } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import type { ListingState, RevisionState } from "#db/vocabulary.ts";
import { unclaimed } from "#lib/cases/claim-case.ts";
import { closeCase, yesToWords } from "#lib/cases/close-case.ts";
import { stopClock } from "#lib/cases/stop-clock.ts";
import { ConflictError } from "#lib/errors.ts";
import { enqueueReindex } from "#lib/jobs/enqueue.ts";
import { notReplaced } from "#lib/vetting/not-replaced.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { standingLook } from "./effect-on-check.ts";
import { tellTherapist } from "./tell-therapist.ts";

type Decision = typeof decisions.$inferSelect;

/** What was sent becomes what readers see, goes back to be changed, or is not taken. */
export async function effectOnRevision(decision: Decision, tx: Db): Promise<void> {
  const { therapistId, caseId, proposedBy, revisionId } = decision;
  switch (decision.action) {
    case "accept":
      await makeLive(decision, tx);
      await linkStatements(caseId, tx);
      await moveListing(therapistId, "pending", "listed", tx);
      await closeCase(proposedBy, caseId, "accepted", tx);
      break;
    case "request-changes":
      await moveSubmitted(revisionId, "changes-requested", tx);
      await stopClock(caseId, tx);
      await tx.update(cases).set(unclaimed).where(eq(cases.id, caseId));
      break;
    case "refuse":
      await moveSubmitted(revisionId, "rejected", tx);
      await moveListing(therapistId, "pending", "draft", tx);
      await closeCase(proposedBy, caseId, "rejected", tx);
      break;
    default:
      throw new Error(`${decision.action} is no decision on what was sent`);
  }
  await enqueueReindex(therapistId, tx);
  await tellTherapist(decision, tx);
}

async function makeLive({ therapistId, revisionId }: Decision, tx: Db): Promise<void> {
  await tx
    .update(profileRevisions)
    .set({ state: "superseded" })
    .where(and(eq(profileRevisions.therapistId, therapistId), eq(profileRevisions.state, "live")));
  await moveSubmitted(revisionId, "live", tx, { publishedOn: todayUtc() });
  for (const table of [credentials, trainings]) {
    const own = eq(table.therapistId, therapistId);
    const replaced = sql`${table.id} in (
      select replaces_id from ${table} newer
      where newer.therapist_id = ${therapistId} and newer.stage = 'proposed')`;
    await tx
      .update(table)
      .set({ stage: "retired", retireProposed: false })
      .where(and(own, eq(table.stage, "current"), or(table.retireProposed, replaced)));
    await tx
      .update(table)
      .set({ stage: "current", replacesId: null })
      .where(and(own, eq(table.stage, "proposed")));
  }
}

/** The look at the new words takes the place of the one at the old: those are gone now. */
async function linkStatements(caseId: string, tx: Db): Promise<void> {
  const looks = await tx
    .select()
    .from(checks)
    .where(and(yesToWords(caseId), isNull(checks.supersedesId), notReplaced(checks.id)));
  for (const look of looks) {
    const supersedesId = await standingLook(look, tx);
    await tx.update(checks).set({ supersedesId }).where(eq(checks.id, look.id));
  }
}

async function moveSubmitted(
  revisionId: string | null,
  to: RevisionState,
  tx: Db,
  more: { publishedOn?: string } = {},
): Promise<void> {
  const moved = await tx
    .update(profileRevisions)
    .set({ state: to, ...more })
    .where(and(eq(profileRevisions.id, revisionId ?? ""), eq(profileRevisions.state, "submitted")))
    .returning({ id: profileRevisions.id });
  if (moved.length === 0) throw new ConflictError("already-decided");
}

/** Only for a listing that waits for its first yes or no; a listing that is down stays down. */
async function moveListing(
  therapistId: string,
  from: ListingState,
  to: ListingState,
  tx: Db,
): Promise<void> {
  await tx
    .update(therapists)
    .set({ listingState: to })
    .where(
      and(
        eq(therapists.id, therapistId),
        eq(therapists.listingState, from),
        isNotNull(therapists.consentedAt),
      ),
    );
}
