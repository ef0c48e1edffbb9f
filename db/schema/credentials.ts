import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  unique,
} from "drizzle-orm/pg-core";
import { authorityBases, claimStages, evidenceStates, workerLedAnswers } from "../vocabulary.ts";
import { day, digitsOf, oneOf, opaqueId, textWithin, wordOf } from "./columns.ts";
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
    /** As the register prints it, so that the supervisor can be looked up too. */
    supervisorNumber: text(),
    /** Goes up with each edit; a check holds the version it looked at. */
    claimVersion: integer().notNull().default(1),
    withdrawnOn: day(),
    stage: wordOf(claimStages).notNull().default("current"),
    /** The current claim that this one takes the place of once it is accepted. */
    replacesId: text(),
    /** The open revision wishes this current claim away. */
    retireProposed: boolean().notNull().default(false),
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
    oneOf("credentials_stage_known", t.stage, claimStages),
    foreignKey({
      name: "credentials_replaces",
      columns: [t.replacesId],
      foreignColumns: [t.id],
    }).onDelete("set null"),
    textWithin("credentials_supervisor_name_length", t.supervisorName, 120),
    textWithin("credentials_supervisor_number_length", t.supervisorNumber, 60),
    textWithin("credentials_letters_length", t.letters, 60),
    textWithin("credentials_number_length", t.number, 60),
    index("credentials_by_therapist").on(t.therapistId),
    index("credentials_by_number").on(t.typeId, t.number),
    index("credentials_by_digits").on(t.typeId, digitsOf(t.number)),
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
    /** The last day of it, where they remember it; always in `year`. */
    finishedOn: day(),
    /** What it was about, in their words. */
    topics: text(),
    claimVersion: integer().notNull().default(1),
    stage: wordOf(claimStages).notNull().default("current"),
    /** The current claim that this one takes the place of once it is accepted. */
    replacesId: text(),
    /** The open revision wishes this current claim away. */
    retireProposed: boolean().notNull().default(false),
  },
  (t) => [
    oneOf("trainings_stage_known", t.stage, claimStages),
    foreignKey({
      name: "trainings_replaces",
      columns: [t.replacesId],
      foreignColumns: [t.id],
    }).onDelete("set null"),
    textWithin("trainings_topics_length", t.topics, 300),
    check("trainings_finished_in_year", sql`extract(year from ${t.finishedOn}) = ${t.year}`),
    oneOf("trainings_worker_led_known", t.workerLed, workerLedAnswers),
    oneOf("trainings_evidence_known", t.evidence, evidenceStates),
    textWithin("trainings_provider_length", t.provider, 200),
    textWithin("trainings_title_length", t.title, 200),
    check("trainings_hours_range", sql`${t.hours} between 1 and 5000`),
    check("trainings_year_range", sql`${t.year} between 1950 and 2100`),
    index("trainings_by_therapist").on(t.therapistId),
  ],
);

/** Professional indemnity insurance: seen by moderators, never by readers. */
export const insurances = pgTable(
  "insurances",
  {
    therapistId: text()
      .primaryKey()
      .references(() => therapists.id, { onDelete: "cascade" }),
    insurer: text().notNull(),
    expiresOn: day().notNull(),
    claimVersion: integer().notNull().default(1),
  },
  (t) => [textWithin("insurances_insurer_length", t.insurer, 120)],
);

/** Two accounts that claim one number. Moderators see both; neither account hears of the other. */
export const claimConflicts = pgTable(
  "claim_conflicts",
  {
    id: opaqueId(),
    credentialId: text()
      .notNull()
      .references(() => credentials.id, { onDelete: "cascade" }),
    otherCredentialId: text()
      .notNull()
      .references(() => credentials.id, { onDelete: "cascade" }),
    noticedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [unique("claim_conflicts_once").on(t.credentialId, t.otherCredentialId)],
);
