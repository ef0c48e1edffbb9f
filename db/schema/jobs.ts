import { pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** Workers that are there: each writes its row again while it lives. */
export const workers = pgTable("workers", {
  id: text().primaryKey(),
  seenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});
