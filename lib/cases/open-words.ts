import { type SQL, sql } from "drizzle-orm";
import { caseItems, caseMessages } from "#db/schema/decisions.ts";
import { unseal } from "#lib/sealing/seal.ts";
import { answerContext, itemContext, messageContext } from "./rules.ts";

/** A question of moderators and its answer, as they lie. Who asked is no part of it. */
export const itemColumns = {
  id: caseItems.id,
  caseId: caseItems.caseId,
  checkId: caseItems.checkId,
  sealedQuestion: caseItems.sealedQuestion,
  askedAt: caseItems.askedAt,
  sealedAnswer: caseItems.sealedAnswer,
  answeredAt: caseItems.answeredAt,
};

type SealedItem = { id: string; sealedQuestion: string; sealedAnswer: string | null };

/** The same in words; all else of the row stays. */
export function openItem<T extends SealedItem>(row: T) {
  const { sealedQuestion, sealedAnswer, ...item } = row;
  return {
    ...item,
    question: unseal(sealedQuestion, itemContext(row.id)),
    answer: sealedAnswer === null ? null : unseal(sealedAnswer, answerContext(row.id)),
  };
}

/** A message, as it lies. Who wrote it is no part of it. */
export const messageColumns = {
  id: caseMessages.id,
  caseId: caseMessages.caseId,
  kind: caseMessages.kind,
  writtenAt: caseMessages.writtenAt,
  sealedBody: caseMessages.sealedBody,
};

/** The same in words; all else of the row stays. */
export function openMessage<T extends { id: string; sealedBody: string }>(row: T) {
  const { sealedBody, ...message } = row;
  return { ...message, words: unseal(sealedBody, messageContext(row.id)) };
}

/** Messages that their therapist may read: notes of moderators to each other are none of them. */
export const forTherapist: SQL = sql`${caseMessages.kind} <> 'private-note'`;
