import type { schema } from "#db/schema/all.ts";
import type { RetentionClass } from "./classes.ts";

type Columns = { [K in RetentionClass]?: string };

/**
 * The class of every column of every table. A column that is not here fails the tests: whoever adds
 * one says how long it is kept.
 */
export const columnClasses: Record<keyof typeof schema, Columns> = {
  people: {
    account: "id name email emailVerified roles locale createdAt deletionAskedAt",
    operations: "persona",
  },
  passkeys: {
    account: "id personId publicKey counter transports backedUp name createdAt lastUsedAt",
  },
  totpSecrets: { account: "personId sealedSecret confirmedAt lastStep" },
  recoveryCodes: { account: "id personId codeHash usedAt" },
  roleChanges: { account: "id personId roles state askedBy askedAt answeredBy answeredAt" },
  sessions: { "sign-in": "sessionToken userId expires createdAt secondFactorAt" },
  verificationTokens: { "sign-in": "identifier token expires" },
  passkeyChallenges: { "sign-in": "id personId challenge expires" },
  failedAttempts: { "sign-in": "subject failures lastAt" },
  addressChanges: {
    "sign-in":
      "id personId newEmail oldTokenHash newTokenHash oldConfirmedAt newConfirmedAt expires",
  },

  therapists: {
    "public-profile": `id slug listingState searchEngines accepting nextOpening confirmedOn
      createdAt`,
    account: "personId consentedAt sealedLegalName confirmationRound remindedOn",
  },
  photos: { "public-profile": "id therapistId createdAt" },
  profileRevisions: {
    "public-profile": `id therapistId number state displayName registerNameNote pronouns textLocale
      headline approach about feeMin feeMax feeCurrency feeMinutes slidingMin slidingPlacesOpen
      photoId submittedAt publishedOn createdAt`,
  },
  revisionTopics: { "public-profile": "revisionId topic version savedAt" },
  revisionTerms: { "public-profile": "revisionId kind termId level detail" },
  practiceLocations: {
    "public-profile": "id revisionId precision region city postcode address lat lon",
  },
  practiceStatements: { "public-profile": "revisionId kind statementId answer words" },
  disclosureCards: {
    "public-profile": "revisionId reporting notes diagnosis legalName billingWords subpoenas",
  },
  contactWays: { "public-profile": "id revisionId position kind value note" },

  credentials: {
    "public-profile": `id therapistId typeId jurisdiction basis compactId letters number expiresOn
      claimVersion withdrawnOn stage replacesId retireProposed`,
    "vetting-record": "supervised supervisorName supervisorNumber",
  },
  trainings: {
    "public-profile": `id therapistId catalogueId kind provider title hours year workerLed evidence
      expiresOn finishedOn topics claimVersion stage replacesId retireProposed`,
  },
  insurances: { "vetting-record": "therapistId insurer expiresOn claimVersion" },
  claimConflicts: { "vetting-record": "id credentialId otherCredentialId noticedAt" },

  checks: {
    "vetting-record": `id therapistId track claimType credentialId trainingId caseId claim
      claimVersion jurisdiction authority sourceType sourceUrl method sourceAsOf sourceStatus state
      decisionCode conditions publicNote privateNote issuedOn expiresOn checkedOn validUntil
      nextCheckOn evidenceHash evidenceRef evidenceDeleteAfter checkerId secondReviewerId
      conflictDeclared supersedesId`,
  },
  cases: {
    "vetting-record": `id therapistId kind revisionId openedAt stoppedAt stoppedSeconds dueOn urgent
      claimedBy claimedUntil closedAt outcome`,
  },
  conflictsOfInterest: { "vetting-record": "personId therapistId declaredAt" },
  decisions: {
    "vetting-record": `id therapistId caseId subject checkId revisionId action code reason record
      people state proposedBy proposedAt answeredBy answeredAt inForceAt`,
  },
  registerFindings: {
    "vetting-record": `id therapistId sourceId checkId credentialId foundAt strength sourceAsOf
      statusText facts factsHash state settledBy settledAt`,
  },
  caseItems: {
    correspondence: "id caseId checkId sealedQuestion askedBy askedAt sealedAnswer answeredAt",
  },
  caseMessages: { correspondence: "id caseId kind writtenBy writtenAt sealedBody" },
  appeals: { correspondence: "caseId decisionId sealedWords" },

  evidence: {
    "sealed-evidence": "sealedName wrappedKey storageRef deleteAfter",
    "vetting-record": `id therapistId subject credentialId trainingId mediaType byteLength pages
      sha256 uploadedAt destroyedAt`,
  },
  legalHolds: { "legal-hold": "id therapistId sealedReason setBy setAt liftedBy liftedAt" },
  reports: {
    "reader-report": `id therapistId caseId kind receivedOn sealedWords sameWords replyTokenHash
      replyRecipient upheld`,
  },
  enquiryKeys: {
    account: `id therapistId recipient wrappedByPassphrase wrappedByRecovery wrappedByPasskey
      createdAt activeFrom withdrawnAt`,
  },
  enquiries: { "sealed-letter": "id tokenHash therapistId ciphertext expiresOn" },
  replies: { "sealed-reply": "id tokenHash therapistId ciphertext expiresOn" },
  abuseNotes: { "abuse-note": "id therapistId receivedOn sealedWords settledBy settledOn" },
  spentProofs: { "flood-limits": "digest lapsesAt" },
  dailyCounts: { "flood-limits": "subject day count" },

  mails: {
    mail: "id personId kind locale sealedBody state lastError createdAt sentAt uselessAfter",
  },
  reminders: { mail: "subject threshold sentOn" },
  neverContact: { "never-contact": "addressHash since" },
  invitations: { invitation: "id personId community tokenHash createdAt acceptedAt" },

  auditEvents: { audit: "id at actorId verb subjectKind subjectId details" },
  auditChain: { audit: "seq eventId before hash" },

  registerSources: { operations: "id lastTriedAt lastGoodAt lastError sourceAsOf rows" },
  registerRows: { "register-data": "sourceId rowHash keys fields firstSeenOn lastSeenOn" },

  playbooks: { reference: "id version content editedBy editedAt reason" },
  referenceTerms: { reference: "kind id" },
  jurisdictions: { reference: "code country" },
  credentialTypes: { reference: "id issuerKind" },
  directoryVersion: { operations: "only version indexShape" },
  searchNodes: { operations: "name build nextBuild" },
  directoryEntries: {
    "public-profile": `id therapistId main card terms reach lat lon visibleUntil acceptingUntil
      confirmed shuffle plainText words`,
  },
  workers: { operations: "id seenAt" },
  earlierKeys: { operations: "mark sealedKey givenUpAt" },
};

/** What lies outside of the tables. */
export const elsewhere = {
  "file store, evidence/": "sealed-evidence",
  "file store, photos/": "public-profile",
  "search index: what profiles show": "public-profile",
  "job queue: ids alone": "operations",
} as const satisfies Record<string, RetentionClass>;

/** The columns of a table by class, as words. */
export function columnsOf(table: keyof typeof schema): Map<RetentionClass, string[]> {
  const classes = Object.entries(columnClasses[table]) as [RetentionClass, string][];
  return new Map(classes.map(([name, columns]) => [name, columns.trim().split(/\s+/)]));
}
