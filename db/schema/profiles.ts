import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import {
  contactKinds,
  listingStates,
  locationPrecisions,
  profileTopics,
  revisionStates,
  statementAnswers,
  termKinds,
  textLocales,
} from "../vocabulary.ts";
import { people } from "./accounts.ts";
import { day, oneOf, opaqueId, textWithin, wordOf } from "./columns.ts";
import { jurisdictions, referenceTerms } from "./reference.ts";

/** One per therapist: what is true of the listing whatever the profile says. */
export const therapists = pgTable(
  "therapists",
  {
    id: opaqueId(),
    personId: text()
      .notNull()
      .unique()
      .references(() => people.id, { onDelete: "cascade" }),
    /** Made from the display name and a random tail: never from a legal name. */
    slug: text().notNull().unique(),
    listingState: wordOf(listingStates).notNull().default("draft"),
    /** Therapist allows search engines: page is indexable and carries schema.org data. */
    searchEngines: boolean().notNull().default(false),
    accepting: boolean().notNull().default(false),
    nextOpening: day(),
    /** When the therapist last said that openings and fees are right. */
    confirmedOn: day().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** When they said that they want to be listed and know that listings are public. */
    consentedAt: timestamp({ withTimezone: true }),
    /** The name that registers know them by, sealed; null where it is the display name. */
    sealedLegalName: text(),
    /** A link to confirm openings says this number; using one makes all earlier ones void. */
    confirmationRound: integer().notNull().default(1),
    remindedOn: day(),
  },
  (t) => [
    oneOf("therapists_listing_state_known", t.listingState, listingStates),
    check("therapists_slug_shape", sql`${t.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`),
    index("therapists_listed").on(t.confirmedOn).where(sql`${t.listingState} = 'listed'`),
    index("therapists_taken_down")
      .on(t.id)
      .where(sql`${t.listingState} in ('paused', 'suspended', 'removed')`),
  ],
);

/** A picture in its public sizes; which revision shows it is the revision's to say. */
export const photos = pgTable(
  "photos",
  {
    id: opaqueId(),
    therapistId: text()
      .notNull()
      .references(() => therapists.id, { onDelete: "cascade" }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [index("photos_by_therapist").on(t.therapistId)],
);

/** What a therapist says about themself; at most one is live, and readers see only that one. */
export const profileRevisions = pgTable(
  "profile_revisions",
  {
    id: opaqueId(),
    therapistId: text()
      .notNull()
      .references(() => therapists.id, { onDelete: "cascade" }),
    number: integer().notNull(),
    state: wordOf(revisionStates).notNull().default("draft"),
    /** Texts are null until they are said; what is sent to moderators has all of them. */
    displayName: text(),
    /** Only with consent: tells that the public register has another name. */
    registerNameNote: text(),
    pronouns: text(),
    /** The language the texts below are written in. */
    textLocale: wordOf(textLocales).notNull().default("en"),
    headline: text(),
    approach: text(),
    about: text(),
    feeMin: integer(),
    feeMax: integer(),
    feeCurrency: text(),
    feeMinutes: integer(),
    slidingMin: integer(),
    slidingPlacesOpen: boolean(),
    photoId: text().references(() => photos.id, { onDelete: "set null" }),
    submittedAt: timestamp({ withTimezone: true }),
    publishedOn: day(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    oneOf("profile_revisions_state_known", t.state, revisionStates),
    oneOf("profile_revisions_text_locale_known", t.textLocale, textLocales),
    textWithin("profile_revisions_display_name_length", t.displayName, 120),
    textWithin("profile_revisions_headline_length", t.headline, 200),
    textWithin("profile_revisions_approach_length", t.approach, 4000),
    textWithin("profile_revisions_about_length", t.about, 4000),
    check("profile_revisions_fee_range", sql`${t.feeMin} >= 0 and ${t.feeMax} >= ${t.feeMin}`),
    check("profile_revisions_sliding_below_fee", sql`${t.slidingMin} between 0 and ${t.feeMin}`),
    check(
      "profile_revisions_fee_whole",
      sql`num_nonnulls(${t.feeMin}, ${t.feeMax}, ${t.feeCurrency}, ${t.feeMinutes}) in (0, 4)`,
    ),
    check("profile_revisions_currency_iso", sql`${t.feeCurrency} ~ '^[A-Z]{3}$'`),
    check(
      "profile_revisions_whole_when_sent",
      sql`${t.state} in ('draft', 'changes-requested', 'withdrawn')
        or num_nulls(${t.displayName}, ${t.headline}, ${t.approach}, ${t.about}) = 0`,
    ),
    textWithin("profile_revisions_pronouns_length", t.pronouns, 60),
    textWithin("profile_revisions_register_name_note_length", t.registerNameNote, 200),
    check(
      "profile_revisions_live_dated",
      sql`${t.state} <> 'live' or ${t.publishedOn} is not null`,
    ),
    uniqueIndex("profile_revisions_number").on(t.therapistId, t.number),
    uniqueIndex("profile_revisions_one_live").on(t.therapistId).where(sql`${t.state} = 'live'`),
    uniqueIndex("profile_revisions_one_open")
      .on(t.therapistId)
      .where(sql`${t.state} in ('draft', 'submitted', 'changes-requested')`),
  ],
);

/** Which pages of the editor were saved, and how often: two tabs are told apart by it. */
export const revisionTopics = pgTable(
  "revision_topics",
  {
    revisionId: text()
      .notNull()
      .references(() => profileRevisions.id, { onDelete: "cascade" }),
    topic: wordOf(profileTopics).notNull(),
    version: integer().notNull().default(1),
    savedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.revisionId, t.topic] }),
    oneOf("revision_topics_known", t.topic, profileTopics),
  ],
);

const revisionId = () =>
  text()
    .notNull()
    .references(() => profileRevisions.id, { onDelete: "cascade" });

/** Modalities, concerns, languages, formats …: every choice from the reference data. */
export const revisionTerms = pgTable(
  "revision_terms",
  {
    revisionId: revisionId(),
    kind: wordOf(termKinds).notNull(),
    termId: text().notNull(),
    /** Experience with a work context, or fluency in a language; from the reference data. */
    level: text(),
    /** Their own detail, such as the number of steps at the door. */
    detail: text(),
  },
  (t) => [
    primaryKey({ columns: [t.revisionId, t.kind, t.termId] }),
    foreignKey({
      columns: [t.kind, t.termId],
      foreignColumns: [referenceTerms.kind, referenceTerms.id],
    }),
    check("revision_terms_kind_chosen", sql`${t.kind} not in ('training', 'statement')`),
    textWithin("revision_terms_detail_length", t.detail, 200),
    index("revision_terms_by_term").on(t.kind, t.termId),
  ],
);

/** Where sessions in person happen. What `precision` hides is not stored in the shown columns. */
export const practiceLocations = pgTable(
  "practice_locations",
  {
    id: opaqueId(),
    revisionId: revisionId(),
    precision: wordOf(locationPrecisions).notNull(),
    region: text()
      .notNull()
      .references(() => jurisdictions.code),
    city: text().notNull(),
    postcode: text(),
    address: text(),
    /** Degrees, WGS 84; of the place as precisely as it may be shown, and no more. */
    lat: doublePrecision().notNull(),
    lon: doublePrecision().notNull(),
  },
  (t) => [
    oneOf("practice_locations_precision_known", t.precision, locationPrecisions),
    check("practice_locations_lat", sql`${t.lat} between -90 and 90`),
    check("practice_locations_lon", sql`${t.lon} between -180 and 180`),
    check(
      "practice_locations_hides_address",
      sql`case ${t.precision}
        when 'exact' then ${t.address} is not null
        when 'area' then ${t.address} is null
        else ${t.address} is null and ${t.postcode} is null end`,
    ),
    index("practice_locations_by_revision").on(t.revisionId),
  ],
);

/** Answers to the questions about working with sex workers, in the therapist's own words. */
export const practiceStatements = pgTable(
  "practice_statements",
  {
    revisionId: revisionId(),
    kind: wordOf(termKinds).notNull().default("statement"),
    statementId: text().notNull(),
    answer: wordOf(statementAnswers).notNull(),
    words: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.revisionId, t.statementId] }),
    foreignKey({
      columns: [t.kind, t.statementId],
      foreignColumns: [referenceTerms.kind, referenceTerms.id],
    }),
    check("practice_statements_kind", sql`${t.kind} = 'statement'`),
    oneOf("practice_statements_answer_known", t.answer, statementAnswers),
    check("practice_statements_words_length", sql`char_length(${t.words}) between 20 and 300`),
  ],
);

/** What a client should know before telling anything. Their own words; null is "not said". */
export const disclosureCards = pgTable(
  "disclosure_cards",
  {
    revisionId: revisionId().primaryKey(),
    reporting: text(),
    notes: text(),
    diagnosis: text(),
    legalName: text(),
    billingWords: text(),
    subpoenas: text(),
  },
  (t) =>
    (["reporting", "notes", "diagnosis", "legalName", "billingWords", "subpoenas"] as const).map(
      (column) => textWithin(`disclosure_cards_${column.toLowerCase()}_length`, t[column], 600),
    ),
);

/** Ways to reach a therapist. Never in lists, never in the index. */
export const contactWays = pgTable(
  "contact_ways",
  {
    id: opaqueId(),
    revisionId: revisionId(),
    position: integer().notNull(),
    kind: wordOf(contactKinds).notNull(),
    value: text().notNull(),
    note: text(),
  },
  (t) => [
    oneOf("contact_ways_kind_known", t.kind, contactKinds),
    textWithin("contact_ways_value_length", t.value, 300),
    textWithin("contact_ways_note_length", t.note, 200),
    uniqueIndex("contact_ways_order").on(t.revisionId, t.position),
  ],
);
