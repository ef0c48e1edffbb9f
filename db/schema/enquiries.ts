import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { day, opaqueId } from "./columns.ts";
import { therapists } from "./profiles.ts";

const therapistId = () => text().references(() => therapists.id, { onDelete: "cascade" });

/**
 * The keys that readers seal to. Secrets are here only wrapped, made and opened in the therapist's
 * browser; what they are wrapped with is never here (docs/decisions/0023).
 */
export const enquiryKeys = pgTable(
  "enquiry_keys",
  {
    id: opaqueId(),
    therapistId: therapistId().notNull(),
    /** The public half, an age recipient (`age1...`). */
    recipient: text().notNull().unique(),
    /** The secret half as armoured age files: by a passphrase, and by the printed recovery key. */
    wrappedByPassphrase: text().notNull(),
    wrappedByRecovery: text().notNull(),
    /** By a passkey, where the browser can. */
    wrappedByPasskey: text(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** A first key counts at once; every later one only after a wait. */
    activeFrom: timestamp({ withTimezone: true }).notNull(),
    /** Taken back by its owner: no one seals to it from then on. */
    withdrawnAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    check("enquiry_keys_not_backdated", sql`${t.activeFrom} >= ${t.createdAt}`),
    index("enquiry_keys_by_therapist").on(t.therapistId, t.activeFrom),
  ],
);

/** What readers wrote, unreadable to us. No more columns: each would be a trace of someone. */
export const enquiries = pgTable(
  "enquiries",
  {
    id: opaqueId(),
    /** SHA-256 of the mailbox token, base64url. */
    tokenHash: text().notNull(),
    therapistId: therapistId().notNull(),
    /** An age file, base64. */
    ciphertext: text().notNull(),
    /** The last day on which it is kept. */
    expiresOn: day().notNull(),
  },
  (t) => [
    index("enquiries_by_therapist").on(t.therapistId, t.expiresOn),
    index("enquiries_by_token").on(t.tokenHash),
    index("enquiries_by_expiry").on(t.expiresOn),
  ],
);

/** Answers that wait for whoever has the codename. */
export const replies = pgTable(
  "replies",
  {
    id: opaqueId(),
    tokenHash: text().notNull(),
    /** Null where moderators answer a report. */
    therapistId: therapistId(),
    ciphertext: text().notNull(),
    expiresOn: day().notNull(),
  },
  (t) => [
    index("replies_by_token").on(t.tokenHash),
    index("replies_by_therapist").on(t.therapistId),
    index("replies_by_expiry").on(t.expiresOn),
  ],
);

/** Proofs of work that were handed in, so that each counts once. */
export const spentProofs = pgTable(
  "spent_proofs",
  {
    digest: text().primaryKey(),
    /** After this the challenge itself is refused; a whole hour, so that it tells no time. */
    lapsesAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [index("spent_proofs_by_lapse").on(t.lapsesAt)],
);

/** How often something was done on a day: limits without addresses. */
export const dailyCounts = pgTable(
  "daily_counts",
  {
    /** What is counted, and for which object, such as `armoured:<therapist>`. Never a person. */
    subject: text().notNull(),
    day: day().notNull(),
    count: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.subject, t.day] }), index("daily_counts_by_day").on(t.day)],
);

/** What a therapist chose to show moderators of an enquiry that did harm. */
export const abuseNotes = pgTable(
  "abuse_notes",
  {
    id: opaqueId(),
    therapistId: therapistId().notNull(),
    receivedOn: day().notNull(),
    /** Sealed with the master key; null once its days of keeping are over. */
    sealedWords: text(),
    settledBy: text(),
    settledOn: day(),
  },
  (t) => [
    check("abuse_notes_settled", sql`(${t.settledBy} is null) = (${t.settledOn} is null)`),
    index("abuse_notes_by_therapist").on(t.therapistId),
    index("abuse_notes_by_day").on(t.receivedOn),
  ],
);
