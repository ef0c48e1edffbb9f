import { and, desc, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { appeals, decisions } from "#db/schema/decisions.ts";
import { checks } from "#db/schema/vetting.ts";
import type { CheckTrack } from "#db/vocabulary.ts";
import { appealContext } from "#lib/cases/rules.ts";
import { unseal } from "#lib/sealing/seal.ts";

export type DecisionLine = Awaited<ReturnType<typeof loadDecisions>>[number];

const answerer = alias(people, "answerer");

/**
 * Every decision about a therapist, newest first; those who look at one track alone see what was
 * decided on its looks.
 */
export async function loadDecisions(therapistId: string, tracks: readonly CheckTrack[], db: Db) {
  const rows = await db
    .select({
      id: decisions.id,
      caseId: decisions.caseId,
      subject: decisions.subject,
      checkId: decisions.checkId,
      track: checks.track,
      claimType: checks.claimType,
      action: decisions.action,
      code: decisions.code,
      reason: decisions.reason,
      record: decisions.record,
      people: decisions.people,
      state: decisions.state,
      proposedBy: decisions.proposedBy,
      proposedAt: decisions.proposedAt,
      answeredAt: decisions.answeredAt,
      inForceAt: decisions.inForceAt,
      proposer: people.name,
      answerer: answerer.name,
    })
    .from(decisions)
    .leftJoin(checks, eq(checks.id, decisions.checkId))
    .leftJoin(people, eq(people.id, decisions.proposedBy))
    .leftJoin(answerer, eq(answerer.id, decisions.answeredBy))
    .where(eq(decisions.therapistId, therapistId))
    .orderBy(desc(decisions.proposedAt), desc(decisions.id));
  const all = tracks.includes("identity");
  return rows.filter(({ track }) => all || (track !== null && tracks.includes(track)));
}

export type AppealView = NonNullable<Awaited<ReturnType<typeof loadAppeal>>>;

/** The decision that a case appeals against, and why in the therapist's words. */
export async function loadAppeal(caseId: string, db: Db) {
  const [found] = await db
    .select({ decisionId: appeals.decisionId, sealedWords: appeals.sealedWords })
    .from(appeals)
    .where(and(eq(appeals.caseId, caseId)));
  if (!found) return null;
  const { sealedWords, decisionId } = found;
  return { decisionId, words: unseal(sealedWords, appealContext(caseId)) };
}
