import { getTableName } from "drizzle-orm";
import { schema } from "#db/schema/all.ts";

/**
 * Which tables a backup holds. Left out: what readers wrote or did (it goes within days, and a copy
 * would keep it), what lasts an hour, and mails, which a restored queue would send a second time.
 * A new table does not compile until someone has said which it is.
 */
const held: Record<keyof typeof schema, boolean> = {
  people: true,
  sessions: false,
  verificationTokens: false,
  passkeys: true,
  passkeyChallenges: false,
  totpSecrets: true,
  recoveryCodes: true,
  addressChanges: false,
  failedAttempts: false,
  roleChanges: true,

  therapists: true,
  photos: true,
  profileRevisions: true,
  revisionTopics: true,
  revisionTerms: true,
  practiceLocations: true,
  practiceStatements: true,
  disclosureCards: true,
  contactWays: true,
  credentials: true,
  trainings: true,
  insurances: true,
  claimConflicts: true,

  checks: true,
  cases: true,
  conflictsOfInterest: true,
  decisions: true,
  caseItems: true,
  caseMessages: true,
  appeals: true,
  evidence: true,
  legalHolds: true,
  reports: true,
  registerSources: true,
  registerRows: true,
  registerFindings: true,
  playbooks: true,

  enquiryKeys: true,
  enquiries: false,
  replies: false,
  abuseNotes: false,
  spentProofs: false,
  dailyCounts: false,

  mails: false,
  reminders: true,
  neverContact: true,
  invitations: true,

  auditEvents: true,
  auditChain: true,

  referenceTerms: true,
  jurisdictions: true,
  credentialTypes: true,
  directoryVersion: true,
  earlierKeys: true,
  directoryEntries: false,
  searchNodes: false,
  workers: false,
};

/** Their names in the database. */
export const heldTables: readonly string[] = namesOf(true);
export const leftOutTables: readonly string[] = namesOf(false);

function namesOf(wanted: boolean): string[] {
  const keys = Object.keys(held) as (keyof typeof schema)[];
  return keys.filter((key) => held[key] === wanted).map((key) => getTableName(schema[key]));
}
