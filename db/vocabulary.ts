/** State, role and type lists. Imports nothing: the schema and the browser both read it. */

export const roles = [
  "therapist",
  "moderator",
  "lived-experience-reviewer",
  "lead",
  "auditor",
] as const;

/** Stored listing states. `stale-hidden` is missing on purpose: it is derived from dates. */
export const listingStates = [
  "draft",
  "pending",
  "listed",
  "paused",
  "suspended",
  "removed",
] as const;

export const revisionStates = [
  "draft",
  "submitted",
  "changes-requested",
  "live",
  "superseded",
  "withdrawn",
  "rejected",
] as const;

/** What its therapist may write in. */
export const editableRevisionStates = [
  "draft",
  "changes-requested",
] as const satisfies readonly (typeof revisionStates)[number][];

/** Not decided yet; a therapist has at most one such revision. */
export const openRevisionStates = [
  ...editableRevisionStates,
  "submitted",
] as const satisfies readonly (typeof revisionStates)[number][];

/** Everything but history. */
export const standingRevisionStates = [
  ...openRevisionStates,
  "live",
] as const satisfies readonly (typeof revisionStates)[number][];

export const checkTracks = [
  "identity",
  "right-to-practise",
  "safety",
  "affirming-practice",
] as const;

/** Stored check states; expiring, expired, due and failed are derived from dates. */
export const checkStates = [
  "attested",
  "in-review",
  "needs-info",
  "verified",
  "verified-with-conditions",
  "unable-to-verify",
  "rejected",
  "withdrawn",
  "disputed",
  "entered-in-error",
] as const;

export const decisionCodes = [
  "source-match",
  "name-mismatch",
  "not-found",
  "inactive",
  "discipline-present",
  "source-down",
  "evidence-insufficient",
  "conflict-of-interest",
] as const;

export const sourceTypes = ["primary", "delegated", "document", "self"] as const;
export const checkMethods = ["manual", "api", "file", "call-back"] as const;

export const claimTypes = [
  "identity",
  "credential",
  "discipline",
  "exclusion",
  "insurance",
  "supervision",
  "training",
  "practice-statements",
] as const;

export const issuerKinds = [
  "statutory-licence",
  "statutory-registration",
  "accredited-register",
  "professional-association",
  "supervised-pre-licence",
  "certification",
  "varies",
] as const;

/** Issuers whose word alone lets a person practise; a certification never does. */
export const practisingIssuerKinds = [
  "statutory-licence",
  "statutory-registration",
  "accredited-register",
  "professional-association",
  "supervised-pre-licence",
] as const satisfies readonly (typeof issuerKinds)[number][];

/** Check states that say yes, as long as their dates hold. */
export const affirmativeCheckStates = [
  "verified",
  "verified-with-conditions",
] as const satisfies readonly (typeof checkStates)[number][];

/** A look that nobody has settled. */
export const openCheckStates = [
  "attested",
  "in-review",
  "needs-info",
] as const satisfies readonly (typeof checkStates)[number][];

/** How a person came by the right to practise in a place. */
export const authorityBases = ["own", "compact-privilege"] as const;

export const locationPrecisions = ["exact", "area", "city"] as const;

/** The session formats a reader can ask for; everything but `in-person` is remote. */
export const sessionFormats = ["in-person", "video", "phone", "text"] as const;

export const termKinds = [
  "modality",
  "concern",
  "work",
  "language",
  "identity",
  "fee",
  "access",
  "format",
  "arrangement",
  "training",
  "statement",
] as const;

export const workerLedAnswers = ["yes", "no", "unknown"] as const;
export const evidenceStates = ["none", "provided", "seen", "confirmed-by-provider"] as const;
export const statementAnswers = ["yes", "in-progress", "no"] as const;
export const contactKinds = ["email", "phone", "text", "website", "booking", "signal"] as const;
export const textLocales = ["en", "es"] as const;

/** A claim readers see is `current`; one that stands in an open revision alone is `proposed`. */
export const claimStages = ["proposed", "current", "retired"] as const;

/** What a therapist shows a moderator a document for. */
export const evidenceSubjects = ["credential", "training", "insurance", "identity"] as const;

/** The pages of the editor; each saves on its own. */
export const profileTopics = [
  "basics",
  "place",
  "licences",
  "trainings",
  "practice",
  "disclosure",
  "fees",
  "about",
  "contact",
] as const;

/** Mail that waits, was handed to the mail server, or was given up after the last try. */
export const mailStates = ["waiting", "sent", "failed"] as const;

export const mailKinds = [
  "sign-in",
  "address-change-old",
  "address-change-new",
  "security-notice",
  "confirm-openings",
  "listing-hidden",
  "expiry-reminder",
  "submission-received",
  "invitation",
  "deletion-asked",
  "questions-asked",
  "decision-made",
  "roles-changed",
  "messages-waiting",
  "message-key-changed",
] as const;

/** Why a case is open, by risk to the public: what readers can see today comes first. */
export const caseKinds = [
  "expiring",
  "complaint",
  "discipline",
  "recheck",
  "submission",
  "appeal",
] as const;

/** How a case ended; `withdrawn`: the therapist took back what it was about. */
export const caseOutcomes = [
  "accepted",
  "rejected",
  "changes-requested",
  "checked",
  "no-change",
  "hidden",
  "suspended",
  "restored",
  "removed",
  "upheld",
  "overturned",
  "withdrawn",
] as const;

export const messageKinds = ["from-moderators", "from-therapist", "private-note"] as const;

export const decisionSubjects = ["check", "revision", "listing", "appeal"] as const;

export const decisionActions = [
  "verify",
  "verify-with-conditions",
  "unable-to-verify",
  "reject",
  "source-down",
  "dispute",
  "enter-in-error",
  "accept",
  "request-changes",
  "refuse",
  "hide",
  "suspend",
  "restore",
  "remove",
  "keep",
  "uphold",
  "overturn",
] as const;

/** `proposed` waits for a second, different person. */
export const decisionStates = ["proposed", "in-force", "declined"] as const;

export const reportKinds = [
  "harm",
  "not-who-they-say",
  "privacy",
  "wrong-facts",
  "not-accepting",
] as const;

export const findingStates = ["proposed", "used", "dismissed"] as const;

/** How sure a register's answer is about the person: a number is one person, a name is many. */
export const findingStrengths = ["number", "name-and-birthdate", "name"] as const;

export const roleChangeStates = ["proposed", "in-force", "declined"] as const;

export type ListingState = (typeof listingStates)[number];
export type RevisionState = (typeof revisionStates)[number];
export type CheckTrack = (typeof checkTracks)[number];
export type SourceType = (typeof sourceTypes)[number];
export type CheckMethod = (typeof checkMethods)[number];
export type CheckState = (typeof checkStates)[number];
export type IssuerKind = (typeof issuerKinds)[number];
export type SessionFormat = (typeof sessionFormats)[number];
export type TermKind = (typeof termKinds)[number];
export type StatementAnswer = (typeof statementAnswers)[number];
export type ContactKind = (typeof contactKinds)[number];
export type EvidenceSubject = (typeof evidenceSubjects)[number];
export type ProfileTopic = (typeof profileTopics)[number];
export type MailKind = (typeof mailKinds)[number];
export type Role = (typeof roles)[number];
export type ClaimType = (typeof claimTypes)[number];
export type DecisionCode = (typeof decisionCodes)[number];
export type CaseKind = (typeof caseKinds)[number];
export type CaseOutcome = (typeof caseOutcomes)[number];
export type DecisionSubject = (typeof decisionSubjects)[number];
export type DecisionAction = (typeof decisionActions)[number];
export type ReportKind = (typeof reportKinds)[number];
export type FindingStrength = (typeof findingStrengths)[number];
