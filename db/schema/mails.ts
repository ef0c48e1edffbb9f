import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { mailKinds, mailStates, textLocales } from "../vocabulary.ts";
import { people } from "./accounts.ts";
import { day, oneOf, opaqueId, textWithin, wordOf } from "./columns.ts";

/**
 * Mails on their way. Address and contents are sealed with the master key, and gone once the mail
 * server has taken the mail; what stays says only that one of this kind was sent, and when.
 */
export const mails = pgTable(
  "mails",
  {
    id: opaqueId(),
    personId: text().references(() => people.id, { onDelete: "cascade" }),
    kind: wordOf(mailKinds).notNull(),
    locale: wordOf(textLocales).notNull(),
    /** `{ to, params }` as sealed JSON; null once sent. */
    sealedBody: text(),
    state: wordOf(mailStates).notNull().default("waiting"),
    /** What the mail server said last, without addresses. */
    lastError: text(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    sentAt: timestamp({ withTimezone: true }),
    /** After this there is no use in sending it: a sign-in link that has lapsed. */
    uselessAfter: timestamp({ withTimezone: true }),
  },
  (t) => [
    oneOf("mails_kind_known", t.kind, mailKinds),
    oneOf("mails_state_known", t.state, mailStates),
    oneOf("mails_locale_known", t.locale, textLocales),
    check("mails_sent_is_empty", sql`(${t.state} = 'sent') = (${t.sealedBody} is null)`),
    index("mails_by_state").on(t.state, t.createdAt),
    index("mails_by_person").on(t.personId),
  ],
);

/** Which reminders went out, so that none goes twice. */
export const reminders = pgTable(
  "reminders",
  {
    /** What was reminded of and its end, such as `credential:<id>:2027-03-31`: a new end is new. */
    subject: text().notNull(),
    /** Days before the end. */
    threshold: integer().notNull(),
    sentOn: day().notNull(),
  },
  (t) => [primaryKey({ columns: [t.subject, t.threshold] })],
);

/** Addresses that must never get a mail from us again, as keyed hashes and nothing else. */
export const neverContact = pgTable("never_contact", {
  addressHash: text().primaryKey(),
  since: timestamp({ withTimezone: true }).notNull().defaultNow(),
});

/** A therapist whom someone else entered, and who has not said yes or no yet. */
export const invitations = pgTable(
  "invitations",
  {
    id: opaqueId(),
    personId: text()
      .notNull()
      .unique()
      .references(() => people.id, { onDelete: "cascade" }),
    /** Who gave us the address: people are told, and may ask. */
    community: text().notNull(),
    tokenHash: text().notNull().unique(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    acceptedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    textWithin("invitations_community_length", t.community, 120),
    index("invitations_unanswered").on(t.createdAt).where(sql`${t.acceptedAt} is null`),
  ],
);
