import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import {
  decisionActions,
  decisionCodes,
  decisionStates,
  decisionSubjects,
  messageKinds,
} from "../vocabulary.ts";
import { people } from "./accounts.ts";
import { cases } from "./cases.ts";
import { oneOf, opaqueId, textWithin, wordOf } from "./columns.ts";
import { profileRevisions, therapists } from "./profiles.ts";
import { checks } from "./vetting.ts";

const caseId = () =>
  text()
    .notNull()
    .references(() => cases.id, { onDelete: "cascade" });

/** What a therapist is asked for, item by item, and what they answered in place. */
export const caseItems = pgTable(
  "case_items",
  {
    id: opaqueId(),
    caseId: caseId(),
    /** The look that waits for it; null where it is about the profile as a whole. */
    checkId: text().references(() => checks.id, { onDelete: "cascade" }),
    sealedQuestion: text().notNull(),
    askedBy: text().references(() => people.id, { onDelete: "set null" }),
    askedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    sealedAnswer: text(),
    answeredAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    check("case_items_answer_dated", sql`(${t.sealedAnswer} is null) = (${t.answeredAt} is null)`),
    index("case_items_by_case").on(t.caseId),
    index("case_items_by_check").on(t.checkId),
  ],
);

/** Words between moderators and a therapist, and notes that only moderators read. */
export const caseMessages = pgTable(
  "case_messages",
  {
    id: opaqueId(),
    caseId: caseId(),
    kind: wordOf(messageKinds).notNull(),
    writtenBy: text().references(() => people.id, { onDelete: "set null" }),
    writtenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    sealedBody: text().notNull(),
  },
  (t) => [
    oneOf("case_messages_kind_known", t.kind, messageKinds),
    index("case_messages_by_case").on(t.caseId, t.writtenAt),
  ],
);

/** The fields of a check that a decision fills in; days are `YYYY-MM-DD`. */
export type CheckRecord = {
  authority: string | null;
  sourceType: "primary" | "delegated" | "document" | "self";
  sourceUrl: string | null;
  method: "manual" | "api" | "file" | "call-back";
  sourceAsOf: string | null;
  sourceStatus: string | null;
  issuedOn: string | null;
  expiresOn: string | null;
  checkedOn: string;
  validUntil: string | null;
  nextCheckOn: string | null;
  conditions: string | null;
  publicNote: string | null;
  privateNote: string | null;
  evidenceHash: string | null;
  evidenceRef: string | null;
};

/**
 * What moderators decided, by whom, and why. A row is never rewritten: a proposal is answered once
 * by someone else, and undoing is a new decision. People are named by id alone: rows outlive
 * accounts of moderators.
 */
export const decisions = pgTable(
  "decisions",
  {
    id: opaqueId(),
    therapistId: text()
      .notNull()
      .references(() => therapists.id, { onDelete: "cascade" }),
    caseId: caseId(),
    subject: wordOf(decisionSubjects).notNull(),
    checkId: text().references(() => checks.id, { onDelete: "cascade" }),
    revisionId: text().references(() => profileRevisions.id, { onDelete: "cascade" }),
    action: wordOf(decisionActions).notNull(),
    code: wordOf(decisionCodes),
    /** What the therapist may read. */
    reason: text().notNull(),
    /** What a check will say; only of decisions on checks. */
    record: jsonb().$type<CheckRecord>(),
    /** How many different people it takes. */
    people: integer().notNull(),
    state: wordOf(decisionStates).notNull(),
    proposedBy: text().notNull(),
    proposedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** Who agreed, or did not. */
    answeredBy: text(),
    answeredAt: timestamp({ withTimezone: true }),
    /** When it took effect. */
    inForceAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    oneOf("decisions_subject_known", t.subject, decisionSubjects),
    oneOf("decisions_action_known", t.action, decisionActions),
    oneOf("decisions_code_known", t.code, decisionCodes),
    oneOf("decisions_state_known", t.state, decisionStates),
    check("decisions_one_or_two_people", sql`${t.people} in (1, 2)`),
    check("decisions_two_different_people", sql`${t.answeredBy} <> ${t.proposedBy}`),
    check(
      "decisions_in_force_by_enough",
      sql`${t.state} <> 'in-force' or ${t.people} = 1 or ${t.answeredBy} is not null`,
    ),
    check(
      "decisions_in_force_dated",
      sql`(${t.state} = 'in-force') = (${t.inForceAt} is not null)`,
    ),
    check("decisions_check_named", sql`(${t.subject} = 'check') = (${t.checkId} is not null)`),
    check(
      "decisions_revision_named",
      sql`(${t.subject} = 'revision') = (${t.revisionId} is not null)`,
    ),
    textWithin("decisions_reason_length", t.reason, 1000),
    uniqueIndex("decisions_one_proposal_per_check")
      .on(t.checkId)
      .where(sql`${t.state} = 'proposed'`),
    uniqueIndex("decisions_one_proposal_per_case")
      .on(t.caseId)
      .where(sql`${t.state} = 'proposed' and ${t.checkId} is null`),
    index("decisions_by_therapist").on(t.therapistId, t.proposedAt),
    index("decisions_by_case").on(t.caseId),
  ],
);

/** A decision that its therapist asked to have looked at once more, by someone else. */
export const appeals = pgTable("appeals", {
  caseId: caseId().primaryKey(),
  /** Each decision once. */
  decisionId: text()
    .notNull()
    .unique()
    .references(() => decisions.id, { onDelete: "cascade" }),
  /** Why, in the therapist's words. */
  sealedWords: text().notNull(),
});
