import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { authorityBases, evidenceStates, workerLedAnswers } from "../vocabulary.ts";
import { day, oneOf, opaqueId, textWithin, wordOf } from "./columns.ts";
import { therapists } from "./profiles.ts";
import { credentialTypes, jurisdictions } from "./reference.ts";

/** A licence, registration, membership or certification, as claimed; checks say what we found. */
export const credentials = pgTable(
  "credentials",
  {
    id: opaqueId(),
    therapistId: text()
      .notNull()
      .references(() => therapists.id, { onDelete: "cascade" }),
    typeId: text()
      .notNull()
      .references(() => credentialTypes.id),
    /** Null only for certifications, which belong to no place. */
    jurisdiction: text().references(() => jurisdictions.code),
    /** A compact privilege is its own claim: membership of a region is never enough. */
    basis: wordOf(authorityBases).notNull().default("own"),
    compactId: text(),
    /** Letters as the register prints them, such as `LMFT`. */
    letters: text().notNull(),
    number: text().notNull(),
    expiresOn: day(),
    supervised: boolean().notNull().default(false),
    supervisorName: text(),
    /** Goes up with each edit; a check holds the version it looked at. */
    claimVersion: integer().notNull().default(1),
    withdrawnOn: day(),
  },
  (t) => [
    oneOf("credentials_basis_known", t.basis, authorityBases),
    check(
      "credentials_compact_named",
      sql`(${t.basis} = 'compact-privilege') = (${t.compactId} is not null)`,
    ),
    check(
      "credentials_supervisor_named",
      sql`not ${t.supervised} or ${t.supervisorName} is not null`,
    ),
    textWithin("credentials_letters_length", t.letters, 60),
    textWithin("credentials_number_length", t.number, 60),
    index("credentials_by_therapist").on(t.therapistId),
    index("credentials_by_number").on(t.typeId, t.number),
  ],
);

export const trainings = pgTable(
  "trainings",
  {
    id: opaqueId(),
    therapistId: text()
      .notNull()
      .references(() => therapists.id, { onDelete: "cascade" }),
    /** Id in the training catalogue, when it is there. */
    catalogueId: text(),
    /** A training kind of the reference data, such as `workshop`. */
    kind: text().notNull(),
    provider: text().notNull(),
    title: text().notNull(),
    hours: integer(),
    year: integer().notNull(),
    workerLed: wordOf(workerLedAnswers).notNull(),
    evidence: wordOf(evidenceStates).notNull().default("none"),
    expiresOn: day(),
    claimVersion: integer().notNull().default(1),
  },
  (t) => [
    oneOf("trainings_worker_led_known", t.workerLed, workerLedAnswers),
    oneOf("trainings_evidence_known", t.evidence, evidenceStates),
    textWithin("trainings_provider_length", t.provider, 200),
    textWithin("trainings_title_length", t.title, 200),
    check("trainings_hours_range", sql`${t.hours} between 1 and 5000`),
    check("trainings_year_range", sql`${t.year} between 1950 and 2100`),
    index("trainings_by_therapist").on(t.therapistId),
  ],
);
