import { and, desc, eq, ne, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, primary } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import { credentials, trainings } from "#db/schema/credentials.ts";
import { appeals, decisions } from "#db/schema/decisions.ts";
import { therapists } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { appealContext } from "#lib/cases/rules.ts";
import { aboutOf, claimColumns } from "#lib/questions/queries.ts";
import { unseal } from "#lib/sealing/seal.ts";
import { type Day, todayUtc } from "#lib/vetting/rules.ts";
import { lastAppealDay, mayAppeal } from "./rules.ts";

export type OwnDecision = Awaited<ReturnType<typeof listOwnDecisions>>[number];

/** Decisions about the actor that are in force, newest first. Nobody is named by them. */
export function listOwnDecisions(actor: Actor, today: Day, db: Db = primary()) {
  return listDecisions(actor, today, undefined, db);
}

/** One of them, or null. */
export async function getOwnDecision(actor: Actor, id: string, today: Day, db: Db = primary()) {
  const [found] = await listDecisions(actor, today, eq(decisions.id, id), db);
  return found ?? null;
}

const answers = alias(decisions, "answers");

/** Answers to appeals stand with what was appealed against, and not for themselves. */
async function listDecisions(actor: Actor, today: Day, which: SQL | undefined, db: Db) {
  if (!actor.roles.includes("therapist")) return [];
  const rows = await db
    .select({
      id: decisions.id,
      subject: decisions.subject,
      action: decisions.action,
      code: decisions.code,
      reason: decisions.reason,
      conditions: sql<string | null>`${decisions.record} ->> 'conditions'`,
      inForceAt: decisions.inForceAt,
      ...claimColumns,
      appealCase: appeals.caseId,
      sealedWords: appeals.sealedWords,
      appealedAt: cases.openedAt,
      outcome: cases.outcome,
      answer: answers.reason,
      answeredAt: answers.inForceAt,
    })
    .from(decisions)
    .innerJoin(therapists, eq(therapists.id, decisions.therapistId))
    .leftJoin(checks, eq(checks.id, decisions.checkId))
    .leftJoin(credentials, eq(credentials.id, checks.credentialId))
    .leftJoin(trainings, eq(trainings.id, checks.trainingId))
    .leftJoin(appeals, eq(appeals.decisionId, decisions.id))
    .leftJoin(cases, eq(cases.id, appeals.caseId))
    .leftJoin(
      answers,
      and(
        eq(answers.caseId, appeals.caseId),
        eq(answers.subject, "appeal"),
        eq(answers.state, "in-force"),
      ),
    )
    .where(
      and(
        eq(therapists.personId, actor.personId),
        eq(decisions.state, "in-force"),
        ne(decisions.subject, "appeal"),
        which,
      ),
    )
    .orderBy(desc(decisions.inForceAt), desc(decisions.id));
  return rows.map((row) => {
    // The database knows no decision in force without its moment.
    const inForceAt = row.inForceAt ?? new Date(0);
    const { id, subject, action, code, reason, conditions } = row;
    const appealed = row.appealCase !== null;
    return {
      ...{ id, subject, action, code, reason, conditions },
      inForceOn: todayUtc(inForceAt),
      claim: aboutOf(row).claim,
      /** The last day for an appeal; null where none is possible, or one was made. */
      appealUntil: mayAppeal({ action, inForceAt, appealed }, today)
        ? lastAppealDay(inForceAt)
        : null,
      appeal: appealOf(row),
    };
  });
}

type AppealRow = {
  appealCase: string | null;
  sealedWords: string | null;
  appealedAt: Date | null;
  outcome: (typeof cases.$inferSelect)["outcome"];
  answer: string | null;
  answeredAt: Date | null;
};

function appealOf({ appealCase, sealedWords, appealedAt, ...row }: AppealRow) {
  if (appealCase === null || sealedWords === null || appealedAt === null) return null;
  return {
    words: unseal(sealedWords, appealContext(appealCase)),
    sentOn: todayUtc(appealedAt),
    /** Null while nobody has decided. */
    outcome: row.outcome,
    answer: row.answer,
    answeredOn: row.answeredAt && todayUtc(row.answeredAt),
  };
}
