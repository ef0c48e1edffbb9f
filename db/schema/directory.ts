import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
} from "drizzle-orm/pg-core";
import { therapists } from "./profiles.ts";

/**
 * One row that goes up in every transaction that changes what a reader could see. Web processes
 * keep rendered pages only as long as it stands still.
 */
export const directoryVersion = pgTable(
  "directory_version",
  {
    only: integer().primaryKey().default(1),
    version: bigint({ mode: "number" }).notNull().default(1),
    /** The shape of the documents that the entries below were last built of; 0 before the first build. */
    indexShape: integer().notNull().default(0),
  },
  (t) => [check("directory_version_one_row", sql`${t.only} = 1`)],
);

/**
 * The search nodes that are fed, one row each: every change has a job for each of them. A node's index
 * holds the mark of its build, and readers believe it only while the mark stands here.
 */
export const searchNodes = pgTable("search_nodes", {
  /** As in MEILI_URL, without what may be secret: `127.0.0.1:7700`. */
  name: text().primaryKey(),
  /** The mark of the index that it has; null before the first build. */
  build: text(),
  /** That of the index which is just being swapped in: for a moment either may answer. */
  nextBuild: text(),
});

/** Whole numbers in ranges, as Postgres writes them: `{[10,20),[30,40)}`. */
const numberRanges = customType<{ data: string; driverData: string }>({
  dataType: () => "int8multirange",
});

/** Words as the text search configuration `directory_words` takes them: small, without accents. */
const searchWords = customType<{ data: string }>({ dataType: () => "tsvector" });

/**
 * The documents of the search index once more, written by the same job, so that every search can be
 * answered while the engine is away. One row for each room, as there.
 */
export const directoryEntries = pgTable(
  "directory_entries",
  {
    id: text().primaryKey(),
    therapistId: text()
      .notNull()
      .references(() => therapists.id, { onDelete: "cascade" }),
    /** Marks the one that stands for a therapist when no place is asked for. */
    main: boolean().notNull(),
    /** What a result card is drawn from. */
    card: jsonb().notNull(),
    /** `kind:id` of every value that somebody can filter by. */
    terms: text().array().notNull(),
    /** Days on which they reach readers, by region and format; see lib/directory/reach-number.ts. */
    reach: numberRanges().notNull(),
    lat: doublePrecision(),
    lon: doublePrecision(),
    /** Days as numbers, `20261123`; 0 for no day. */
    visibleUntil: integer().notNull(),
    acceptingUntil: integer().notNull(),
    confirmed: integer().notNull(),
    shuffle: bigint({ mode: "number" }).notNull(),
    /** Everything that free words are looked for in, parted by spaces alone. */
    plainText: text().notNull(),
    words: searchWords().generatedAlwaysAs(
      sql`to_tsvector('public.directory_words'::regconfig, plain_text)`,
    ),
  },
  (t) => [
    index("directory_entries_by_therapist").on(t.therapistId),
    index("directory_entries_by_term").using("gin", t.terms),
    index("directory_entries_by_word").using("gin", t.words),
    index("directory_entries_by_latitude").on(t.lat).where(sql`${t.lat} is not null`),
  ],
);
