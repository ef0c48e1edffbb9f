import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
} from "drizzle-orm/pg-core";
import {
  checkMethods,
  checkStates,
  checkTracks,
  claimTypes,
  decisionCodes,
  sourceTypes,
} from "../vocabulary.ts";
import { people } from "./accounts.ts";
import { cases } from "./cases.ts";
import { day, oneOf, opaqueId, textWithin, wordOf } from "./columns.ts";
import { credentials, trainings } from "./credentials.ts";
import { therapists } from "./profiles.ts";
import { jurisdictions } from "./reference.ts";

/**
 * One look at one claim. Dates are facts; whether the check is current, expiring or expired is
 * derived from them when it is read. Shape after FHIR R4 VerificationResult.
 */
export const checks = pgTable(
  "checks",
  {
    id: opaqueId(),
    therapistId: text()
      .notNull()
      .references(() => therapists.id, { onDelete: "cascade" }),
    track: wordOf(checkTracks).notNull(),
    claimType: wordOf(claimTypes).notNull(),
    credentialId: text().references(() => credentials.id, { onDelete: "cascade" }),
    trainingId: text().references(() => trainings.id, { onDelete: "cascade" }),
    /** Where it is, or was, looked at. */
    caseId: text().references(() => cases.id, { onDelete: "set null" }),
    /** The claim as it stood when it was checked, and its version. */
    claim: jsonb().$type<Record<string, string | number | boolean | null>>().notNull(),
    claimVersion: integer().notNull().default(1),
    jurisdiction: text().references(() => jurisdictions.code),

    authority: text(),
    sourceType: wordOf(sourceTypes).notNull(),
    sourceUrl: text(),
    method: wordOf(checkMethods).notNull(),
    /** The date the source itself gives for its content. */
    sourceAsOf: day(),
    /** The source's status, word for word. */
    sourceStatus: text(),

    state: wordOf(checkStates).notNull(),
    decisionCode: wordOf(decisionCodes),
    conditions: text(),
    publicNote: text(),
    privateNote: text(),
    issuedOn: day(),
    expiresOn: day(),
    checkedOn: day(),
    validUntil: day(),
    nextCheckOn: day(),

    evidenceHash: text(),
    evidenceRef: text(),
    evidenceDeleteAfter: day(),

    checkerId: text().references(() => people.id),
    secondReviewerId: text().references(() => people.id),
    conflictDeclared: boolean().notNull().default(false),
    supersedesId: text(),
  },
  (t) => [
    oneOf("checks_track_known", t.track, checkTracks),
    oneOf("checks_claim_type_known", t.claimType, claimTypes),
    oneOf("checks_source_type_known", t.sourceType, sourceTypes),
    oneOf("checks_method_known", t.method, checkMethods),
    oneOf("checks_state_known", t.state, checkStates),
    oneOf("checks_decision_code_known", t.decisionCode, decisionCodes),
    foreignKey({ columns: [t.supersedesId], foreignColumns: [t.id] }),
    check("checks_two_different_people", sql`${t.secondReviewerId} <> ${t.checkerId}`),
    check(
      "checks_verified_is_dated_and_signed",
      sql`${t.state} not in ('verified', 'verified-with-conditions')
        or num_nulls(${t.checkedOn}, ${t.validUntil}, ${t.checkerId}, ${t.authority}) = 0`,
    ),
    check(
      "checks_source_down_decides_nothing",
      sql`${t.decisionCode} <> 'source-down' or ${t.state} in ('in-review', 'needs-info')`,
    ),
    check(
      "checks_affirming_takes_two",
      sql`not (${t.track} = 'affirming-practice' and ${t.state} in ('verified', 'verified-with-conditions'))
        or ${t.secondReviewerId} is not null`,
    ),
    check(
      "checks_rejected_takes_two",
      sql`${t.state} <> 'rejected' or ${t.secondReviewerId} is not null`,
    ),
    check(
      "checks_credential_claim",
      sql`${t.claimType} <> 'credential' or ${t.credentialId} is not null`,
    ),
    check(
      "checks_training_claim",
      sql`${t.claimType} <> 'training' or ${t.trainingId} is not null`,
    ),
    textWithin("checks_public_note_length", t.publicNote, 600),
    index("checks_by_therapist").on(t.therapistId, t.track),
    index("checks_by_credential").on(t.credentialId),
    index("checks_by_superseded").on(t.supersedesId),
    index("checks_by_expiry").on(t.validUntil),
    index("checks_by_case").on(t.caseId),
    index("checks_by_training").on(t.trainingId),
  ],
);
