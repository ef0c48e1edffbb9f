import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import { evidenceSubjects } from "../vocabulary.ts";
import { day, oneOf, opaqueId, wordOf } from "./columns.ts";
import { credentials, trainings } from "./credentials.ts";
import { therapists } from "./profiles.ts";

/**
 * A document behind a claim. The bytes lie sealed in the store under `storageRef`; without
 * `wrappedKey` nobody can read them again.
 */
export const evidence = pgTable(
  "evidence",
  {
    id: opaqueId(),
    therapistId: text()
      .notNull()
      .references(() => therapists.id, { onDelete: "cascade" }),
    subject: wordOf(evidenceSubjects).notNull(),
    credentialId: text().references(() => credentials.id, { onDelete: "cascade" }),
    trainingId: text().references(() => trainings.id, { onDelete: "cascade" }),
    /** The name it had on their device, sealed: it may hold a legal name. */
    sealedName: text().notNull(),
    mediaType: text().notNull(),
    /** Of the cleaned document, before it was sealed. */
    byteLength: integer().notNull(),
    pages: integer(),
    sha256: text().notNull(),
    /** The document's own key, sealed with the master key; null once destroyed. */
    wrappedKey: text(),
    storageRef: text().notNull(),
    uploadedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** Set by the decision it was for. */
    deleteAfter: day(),
    destroyedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    oneOf("evidence_subject_known", t.subject, evidenceSubjects),
    check(
      "evidence_of_one_claim",
      sql`(${t.subject} = 'credential') = (${t.credentialId} is not null)
        and (${t.subject} = 'training') = (${t.trainingId} is not null)`,
    ),
    check(
      "evidence_media_type",
      sql`${t.mediaType} in ('application/pdf', 'image/jpeg', 'image/png')`,
    ),
    check("evidence_size", sql`${t.byteLength} between 1 and 20000000`),
    check("evidence_key_gone", sql`(${t.wrappedKey} is null) = (${t.destroyedAt} is not null)`),
    index("evidence_by_therapist").on(t.therapistId),
    index("evidence_by_credential").on(t.credentialId),
    index("evidence_by_training").on(t.trainingId),
  ],
);

/** Documents that must stay although their days are over, and why. */
export const legalHolds = pgTable(
  "legal_holds",
  {
    id: opaqueId(),
    therapistId: text()
      .notNull()
      .references(() => therapists.id, { onDelete: "cascade" }),
    sealedReason: text().notNull(),
    setBy: text().notNull(),
    setAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    liftedBy: text(),
    liftedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    check("legal_holds_lifted_whole", sql`(${t.liftedBy} is null) = (${t.liftedAt} is null)`),
    uniqueIndex("legal_holds_one_open").on(t.therapistId).where(sql`${t.liftedAt} is null`),
  ],
);
