import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { caseKinds, caseOutcomes } from "../vocabulary.ts";
import { people } from "./accounts.ts";
import { day, oneOf, opaqueId, wordOf } from "./columns.ts";
import { profileRevisions, therapists } from "./profiles.ts";

const therapistId = () =>
  text()
    .notNull()
    .references(() => therapists.id, { onDelete: "cascade" });

/** Something about one therapist that moderators have to settle. */
export const cases = pgTable(
  "cases",
  {
    id: opaqueId(),
    therapistId: therapistId(),
    kind: wordOf(caseKinds).notNull(),
    /** What was sent; of submissions alone. */
    revisionId: text().references(() => profileRevisions.id, { onDelete: "cascade" }),
    openedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** The days in which moderators answer do not run since then: the therapist is asked. */
    stoppedAt: timestamp({ withTimezone: true }),
    /** Seconds of all earlier stops. */
    stoppedSeconds: integer().notNull().default(0),
    /** The last day of what is about to lapse. */
    dueOn: day(),
    urgent: boolean().notNull().default(false),
    claimedBy: text().references(() => people.id, { onDelete: "set null" }),
    claimedUntil: timestamp({ withTimezone: true }),
    closedAt: timestamp({ withTimezone: true }),
    outcome: wordOf(caseOutcomes),
  },
  (t) => [
    oneOf("cases_kind_known", t.kind, caseKinds),
    oneOf("cases_outcome_known", t.outcome, caseOutcomes),
    check("cases_claim_whole", sql`${t.claimedBy} is null or ${t.claimedUntil} is not null`),
    check("cases_closed_with_outcome", sql`(${t.closedAt} is null) = (${t.outcome} is null)`),
    check("cases_revision_of_submission", sql`${t.kind} = 'submission' or ${t.revisionId} is null`),
    uniqueIndex("cases_one_open")
      .on(t.therapistId, t.kind)
      .where(sql`${t.closedAt} is null and ${t.kind} <> 'appeal'`),
    index("cases_open").on(t.kind, t.openedAt).where(sql`${t.closedAt} is null`),
    index("cases_by_therapist").on(t.therapistId),
    index("cases_by_claimer").on(t.claimedBy).where(sql`${t.closedAt} is null`),
  ],
);

/** Who said that they know a therapist too well to look at anything of theirs. */
export const conflictsOfInterest = pgTable(
  "conflicts_of_interest",
  {
    personId: text()
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    therapistId: therapistId(),
    declaredAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.therapistId] }),
    index("conflicts_of_interest_by_therapist").on(t.therapistId),
  ],
);
