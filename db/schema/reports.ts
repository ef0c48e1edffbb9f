import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { reportKinds } from "../vocabulary.ts";
import { cases } from "./cases.ts";
import { day, oneOf, opaqueId, wordOf } from "./columns.ts";
import { therapists } from "./profiles.ts";

/** What a reader told moderators. A day and their words, sealed: nothing about who they are. */
export const reports = pgTable(
  "reports",
  {
    id: opaqueId(),
    therapistId: text()
      .notNull()
      .references(() => therapists.id, { onDelete: "cascade" }),
    caseId: text()
      .notNull()
      .references(() => cases.id, { onDelete: "cascade" }),
    kind: wordOf(reportKinds).notNull(),
    receivedOn: day().notNull(),
    /** Null once the case is closed and its days of keeping are over. */
    sealedWords: text(),
    /** Keyed hash of case, kind and words: the same words twice in one case are one report. */
    sameWords: text().notNull(),
    /** A way back that the sender made: where an answer is left, and to whom it is sealed. */
    replyTokenHash: text(),
    replyRecipient: text(),
    /** What a moderator made of it; null while nobody looked. */
    upheld: boolean(),
  },
  (t) => [
    oneOf("reports_kind_known", t.kind, reportKinds),
    check(
      "reports_way_back_whole",
      sql`(${t.replyTokenHash} is null) = (${t.replyRecipient} is null)`,
    ),
    uniqueIndex("reports_once").on(t.sameWords),
    index("reports_by_case").on(t.caseId),
    index("reports_by_day").on(t.receivedOn),
    index("reports_by_therapist").on(t.therapistId),
  ],
);
