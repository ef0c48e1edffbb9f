import { pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** Master keys that sealed here once: hashes that were made with one are only found with it. */
export const earlierKeys = pgTable("earlier_keys", {
  /** What the key is called; nobody can make it without the key. */
  mark: text().primaryKey(),
  /** The key itself, sealed with the master key of today. */
  sealedKey: text().notNull(),
  /** When the change to the next one began. */
  givenUpAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});
