import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import { credentials, trainings } from "#db/schema/credentials.ts";
import { caseItems, caseMessages, decisions } from "#db/schema/decisions.ts";
import { profileRevisions, therapists } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import type { ClaimType } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import {
  forTherapist,
  itemColumns,
  messageColumns,
  openItem,
  openMessage,
} from "#lib/cases/open-words.ts";
import { daysLeft } from "#lib/cases/rules.ts";
import { lookedCredential } from "#lib/evidence/access.ts";
import { type ClaimRef, documentsOf } from "#lib/evidence/rules.ts";
import { toldOf } from "./access.ts";

export type OwnCase = Awaited<ReturnType<typeof listOwnCases>>[number];
export type Question = OwnCase["questions"][number];

/** Open cases that the actor has heard of, with what is asked and what was written in them. */
export async function listOwnCases(actor: Actor, db: Db = primary()) {
  const open = await db
    .select({ id: cases.id, kind: cases.kind, openedAt: cases.openedAt })
    .from(cases)
    .where(and(toldOf(actor), isNull(cases.closedAt)))
    .orderBy(asc(cases.openedAt), asc(cases.id));
  if (open.length === 0) return [];
  const ids = open.map(({ id }) => id);
  const [items, messages] = await Promise.all([listItems(ids, db), listMessages(ids, db)]);
  return open.map((each) => ({
    ...each,
    questions: items.filter(({ caseId }) => caseId === each.id),
    messages: messages.filter(({ caseId }) => caseId === each.id),
  }));
}

/** What a look is about, in columns that its claim can be named by. Who looks is no part of it. */
export const claimColumns = {
  claimType: checks.claimType,
  credentialId: lookedCredential,
  trainingId: checks.trainingId,
  letters: credentials.letters,
  number: credentials.number,
  jurisdiction: credentials.jurisdiction,
  course: trainings.title,
};

async function listItems(caseIds: readonly string[], db: Db) {
  const rows = await db
    .select({ ...itemColumns, ...claimColumns })
    .from(caseItems)
    .leftJoin(checks, eq(checks.id, caseItems.checkId))
    .leftJoin(credentials, eq(credentials.id, checks.credentialId))
    .leftJoin(trainings, eq(trainings.id, checks.trainingId))
    .where(inArray(caseItems.caseId, [...caseIds]))
    .orderBy(asc(caseItems.askedAt), asc(caseItems.id));
  return rows.map((row) => {
    const { id, caseId, question, answer, answeredAt } = openItem(row);
    return { id, caseId, question, answer, answeredAt, ...aboutOf(row) };
  });
}

/** A claim in facts that name it; the licence's are null for all others. */
export type ClaimNamed = {
  claimType: ClaimType;
  letters: string | null;
  number: string | null;
  jurisdiction: string | null;
  /** Of a training alone: its title. */
  course: string | null;
};

type ClaimRow = Omit<ClaimNamed, "claimType"> & {
  claimType: ClaimType | null;
  credentialId: string | null;
  trainingId: string | null;
};

type About = { claim: ClaimNamed | null; documents: ClaimRef | null };

/** The claim that a look is about, and where its documents go; null for the profile as a whole. */
export function aboutOf({ claimType, credentialId, trainingId, ...facts }: ClaimRow): About {
  if (claimType === null) return { claim: null, documents: null };
  const { letters, number, jurisdiction, course } = facts;
  return {
    claim: { claimType, letters, number, jurisdiction, course },
    documents: documentsOf({ claimType, credentialId, trainingId }),
  };
}

async function listMessages(caseIds: readonly string[], db: Db) {
  const rows = await db
    .select(messageColumns)
    .from(caseMessages)
    .where(and(inArray(caseMessages.caseId, [...caseIds]), forTherapist))
    .orderBy(asc(caseMessages.writtenAt), asc(caseMessages.id));
  return rows.map((row) => {
    const { kind, ...message } = openMessage(row);
    return { ...message, fromTherapist: kind === "from-therapist" };
  });
}

/** Ids of the questions that wait for the actor, in the order of their page. */
export async function listOpenItems(actor: Actor, db: Db = primary()): Promise<string[]> {
  const items = await db
    .select({ id: caseItems.id })
    .from(caseItems)
    .innerJoin(cases, eq(cases.id, caseItems.caseId))
    .where(and(toldOf(actor), isNull(cases.closedAt), isNull(caseItems.answeredAt)))
    .orderBy(asc(cases.openedAt), asc(cases.id), asc(caseItems.askedAt), asc(caseItems.id));
  return items.map(({ id }) => id);
}

/** Why moderators sent the open revision back to be changed; null when they did not. */
export async function getSentBack({ personId }: Actor, db: Db = primary()) {
  const [found] = await db
    .select({ reason: decisions.reason, at: decisions.inForceAt })
    .from(decisions)
    .innerJoin(profileRevisions, eq(profileRevisions.id, decisions.revisionId))
    .innerJoin(therapists, eq(therapists.id, profileRevisions.therapistId))
    .where(
      and(
        eq(therapists.personId, personId),
        eq(profileRevisions.state, "changes-requested"),
        eq(decisions.action, "request-changes"),
        eq(decisions.state, "in-force"),
      ),
    )
    .orderBy(desc(decisions.inForceAt))
    .limit(1);
  return found ?? null;
}

/** How many questions wait for the actor, and the days left in which what they sent is answered. */
export async function getWaiting(actor: Actor, now: Date, db: Db = primary()) {
  const rows = await db
    .select({
      openedAt: cases.openedAt,
      stoppedAt: cases.stoppedAt,
      stoppedSeconds: cases.stoppedSeconds,
      sent: sql<boolean>`coalesce(${profileRevisions.state} = 'submitted', false)`,
      asked: sql<number>`(select count(*) from case_items item
        where item.case_id = ${cases.id} and item.answered_at is null)`.mapWith(Number),
    })
    .from(cases)
    .leftJoin(profileRevisions, eq(profileRevisions.id, cases.revisionId))
    .where(and(toldOf(actor), isNull(cases.closedAt)));
  const sent = rows.find((row) => row.sent && row.stoppedAt === null);
  return {
    asked: rows.reduce((sum, row) => sum + row.asked, 0),
    /** Negative when we are late; null when nothing was sent, or the days stand still. */
    daysLeft: sent ? daysLeft(sent, now) : null,
  };
}
