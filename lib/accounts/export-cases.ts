import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import { appeals, caseItems, caseMessages, decisions } from "#db/schema/decisions.ts";
import {
  forTherapist,
  itemColumns,
  messageColumns,
  openItem,
  openMessage,
} from "#lib/cases/open-words.ts";
import { appealContext } from "#lib/cases/rules.ts";
import { toldOf } from "#lib/questions/access.ts";
import { unseal } from "#lib/sealing/seal.ts";

/**
 * What passed between a therapist and moderators, opened. Cases that they were told of, and no
 * others: a report of a reader must not show by its day. Nobody of the staff is named.
 */
export async function exportCases(
  { personId, therapistId }: { personId: string; therapistId: string },
  db: Db,
) {
  const told = await db
    .select({
      id: cases.id,
      kind: cases.kind,
      revisionId: cases.revisionId,
      openedAt: cases.openedAt,
      stoppedAt: cases.stoppedAt,
      stoppedSeconds: cases.stoppedSeconds,
      closedAt: cases.closedAt,
      outcome: cases.outcome,
    })
    .from(cases)
    .where(and(eq(cases.therapistId, therapistId), toldOf({ personId, roles: ["therapist"] })))
    .orderBy(cases.openedAt);
  const ids = told.map(({ id }) => id);
  return {
    cases: told,
    questions: await exportQuestions(ids, db),
    messages: await exportMessages(ids, db),
    decisions: await exportDecisions(therapistId, db),
    appeals: await exportAppeals(ids, db),
  };
}

async function exportQuestions(caseIds: readonly string[], db: Db) {
  const items = await db
    .select(itemColumns)
    .from(caseItems)
    .where(inArray(caseItems.caseId, [...caseIds]))
    .orderBy(caseItems.askedAt);
  return items.map(openItem);
}

async function exportMessages(caseIds: readonly string[], db: Db) {
  const said = await db
    .select(messageColumns)
    .from(caseMessages)
    .where(and(inArray(caseMessages.caseId, [...caseIds]), forTherapist))
    .orderBy(caseMessages.writtenAt);
  return said.map(openMessage);
}

/** Those in force; what is only proposed is no decision yet. */
function exportDecisions(therapistId: string, db: Db) {
  return db
    .select({
      id: decisions.id,
      caseId: decisions.caseId,
      subject: decisions.subject,
      action: decisions.action,
      code: decisions.code,
      reason: decisions.reason,
      inForceAt: decisions.inForceAt,
    })
    .from(decisions)
    .where(and(eq(decisions.therapistId, therapistId), eq(decisions.state, "in-force")))
    .orderBy(decisions.inForceAt);
}

async function exportAppeals(caseIds: readonly string[], db: Db) {
  const made = await db
    .select()
    .from(appeals)
    .where(inArray(appeals.caseId, [...caseIds]));
  return made.map(({ sealedWords, ...appeal }) => ({
    ...appeal,
    words: unseal(sealedWords, appealContext(appeal.caseId)),
  }));
}
