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
import { roleChangeStates, roles, textLocales } from "../vocabulary.ts";
import { oneOf, opaqueId, textWithin, wordOf } from "./columns.ts";

/** Everyone who can sign in. Readers are not here: they have no account. */
export const people = pgTable(
  "people",
  {
    id: opaqueId(),
    /** Stable name of a demo persona; null for real people. */
    persona: text().unique(),
    name: text().notNull().default(""),
    email: text().notNull().unique(),
    /** When a mail to this address was answered; next-auth's own name for it. */
    emailVerified: timestamp({ withTimezone: true }),
    /** Whoever signs in may fill in a profile; every other role is given by a lead. */
    roles: text().array().notNull().default(sql`'{therapist}'`),
    /** The language of mails. */
    locale: wordOf(textLocales).notNull().default("en"),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** The account goes 14 days after this, unless its owner takes it back. */
    deletionAskedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    check(
      "people_roles_known",
      sql`${t.roles} <@ array[${sql.raw(roles.map((role) => `'${role}'`).join(", "))}]::text[]`,
    ),
    oneOf("people_locale_known", t.locale, textLocales),
    check("people_email_lower_case", sql`${t.email} = lower(${t.email})`),
    index("people_by_role").using("gin", t.roles),
    index("people_by_deletion").on(t.deletionAskedAt).where(sql`${t.deletionAskedAt} is not null`),
  ],
);

const personId = () =>
  text()
    .notNull()
    .references(() => people.id, { onDelete: "cascade" });

/** Who is signed in. Property names are those of next-auth; the token is stored as a hash. */
export const sessions = pgTable(
  "sessions",
  {
    sessionToken: text().primaryKey(),
    userId: personId(),
    expires: timestamp({ withTimezone: true }).notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** When a second factor was last shown in this session. */
    secondFactorAt: timestamp({ withTimezone: true }),
  },
  (t) => [index("sessions_by_person").on(t.userId), index("sessions_by_expiry").on(t.expires)],
);

/** Sign-in links that were sent and not used; next-auth stores their hash. */
export const verificationTokens = pgTable(
  "verification_tokens",
  {
    identifier: text().notNull(),
    token: text().notNull(),
    expires: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.identifier, t.token] }),
    index("verification_tokens_by_expiry").on(t.expires),
  ],
);

/** Public keys of WebAuthn credentials. */
export const passkeys = pgTable(
  "passkeys",
  {
    /** The credential id, base64url. */
    id: text().primaryKey(),
    personId: personId(),
    /** COSE key, base64url. */
    publicKey: text().notNull(),
    counter: integer().notNull(),
    transports: text().array().notNull().default(sql`'{}'`),
    backedUp: boolean().notNull(),
    /** Its owner's name for it, such as "my phone". */
    name: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    lastUsedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    textWithin("passkeys_name_length", t.name, 60),
    index("passkeys_by_person").on(t.personId),
  ],
);

/** One WebAuthn ceremony under way. Taken out when it is answered, so no answer counts twice. */
export const passkeyChallenges = pgTable(
  "passkey_challenges",
  {
    id: opaqueId(),
    /** Null while someone signs in whom we do not know yet. */
    personId: text().references(() => people.id, { onDelete: "cascade" }),
    challenge: text().notNull(),
    expires: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [index("passkey_challenges_by_expiry").on(t.expires)],
);

/** An authenticator app. Counts as a second factor from its first right code on. */
export const totpSecrets = pgTable("totp_secrets", {
  personId: personId().primaryKey(),
  /** Sealed with the master key. */
  sealedSecret: text().notNull(),
  confirmedAt: timestamp({ withTimezone: true }),
  /** The last time step that was accepted: a code works once. */
  lastStep: integer(),
});

/** Codes on paper for a lost second factor; each works once, and only its hash is here. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    id: opaqueId(),
    personId: personId(),
    codeHash: text().notNull(),
    usedAt: timestamp({ withTimezone: true }),
  },
  (t) => [index("recovery_codes_by_person").on(t.personId)],
);

/** A new address takes over when mails to both addresses were answered. */
export const addressChanges = pgTable(
  "address_changes",
  {
    id: opaqueId(),
    personId: personId().unique(),
    newEmail: text().notNull(),
    oldTokenHash: text().notNull(),
    newTokenHash: text().notNull(),
    oldConfirmedAt: timestamp({ withTimezone: true }),
    newConfirmedAt: timestamp({ withTimezone: true }),
    expires: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [check("address_changes_lower_case", sql`${t.newEmail} = lower(${t.newEmail})`)],
);

/** Wrong codes in a row, by what was tried: the answer to guessing is to wait. */
export const failedAttempts = pgTable("failed_attempts", {
  /** Such as `totp:<person>`; never an address of a reader. */
  subject: text().primaryKey(),
  failures: integer().notNull().default(0),
  lastAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});

/** A wish to give or take roles. With a second lead there, it waits for them. */
export const roleChanges = pgTable(
  "role_changes",
  {
    id: opaqueId(),
    personId: personId(),
    /** All roles that the person will have. */
    roles: text().array().notNull(),
    state: wordOf(roleChangeStates).notNull(),
    askedBy: text().notNull(),
    askedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    answeredBy: text(),
    answeredAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    oneOf("role_changes_state_known", t.state, roleChangeStates),
    check(
      "role_changes_roles_known",
      sql`${t.roles} <@ array[${sql.raw(roles.map((role) => `'${role}'`).join(", "))}]::text[]`,
    ),
    check("role_changes_two_different_people", sql`${t.answeredBy} <> ${t.askedBy}`),
    uniqueIndex("role_changes_one_open").on(t.personId).where(sql`${t.state} = 'proposed'`),
  ],
);
