import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from "drizzle-orm/pg-core";
import { findingStates, findingStrengths } from "../vocabulary.ts";
import { day, oneOf, opaqueId, wordOf } from "./columns.ts";
import { credentials } from "./credentials.ts";
import { therapists } from "./profiles.ts";
import { checks } from "./vetting.ts";

/** How each register that we read by machine is doing. */
export const registerSources = pgTable("register_sources", {
  /** Such as `nppes`, `leie` or `csv:us-or-boards`. */
  id: text().primaryKey(),
  lastTriedAt: timestamp({ withTimezone: true }),
  lastGoodAt: timestamp({ withTimezone: true }),
  /** A short code of what went wrong last; null after a good answer. */
  lastError: text(),
  /** What the source says its content is as of. */
  sourceAsOf: day(),
  /** Rows of the last file. */
  rows: integer(),
});

/** A row of a register's file, as of its last reading: the next file is read as a difference. */
export const registerRows = pgTable(
  "register_rows",
  {
    sourceId: text()
      .notNull()
      .references(() => registerSources.id, { onDelete: "cascade" }),
    /** SHA-256 of the row's fields. */
    rowHash: text().notNull(),
    /** What it is looked up by: a number, or `last|first` folded to plain letters. */
    keys: text().array().notNull(),
    fields: jsonb().$type<Record<string, string>>().notNull(),
    firstSeenOn: day().notNull(),
    lastSeenOn: day().notNull(),
  },
  (t) => [
    index("register_rows_by_key").using("gin", t.keys),
    primaryKey({ columns: [t.sourceId, t.rowHash] }),
    check("register_rows_order", sql`${t.lastSeenOn} >= ${t.firstSeenOn}`),
  ],
);

/** What a register seems to say about a therapist: a proposal to a moderator and nothing more. */
export const registerFindings = pgTable(
  "register_findings",
  {
    id: opaqueId(),
    therapistId: text()
      .notNull()
      .references(() => therapists.id, { onDelete: "cascade" }),
    sourceId: text()
      .notNull()
      .references(() => registerSources.id),
    checkId: text().references(() => checks.id, { onDelete: "cascade" }),
    credentialId: text().references(() => credentials.id, { onDelete: "cascade" }),
    foundAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    strength: wordOf(findingStrengths).notNull(),
    sourceAsOf: day(),
    /** The register's status, word for word. */
    statusText: text(),
    /** What the register shows, sealed: `{ sealed }` holds field names to words as JSON. */
    facts: jsonb().$type<Record<string, string>>().notNull(),
    /** Keyed hash of source and facts: the same answer twice is one finding. */
    factsHash: text().notNull(),
    state: wordOf(findingStates).notNull().default("proposed"),
    settledBy: text(),
    settledAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    oneOf("register_findings_strength_known", t.strength, findingStrengths),
    oneOf("register_findings_state_known", t.state, findingStates),
    index("register_findings_by_therapist").on(t.therapistId, t.state),
    index("register_findings_by_check").on(t.checkId),
    index("register_findings_by_credential").on(t.credentialId),
  ],
);
