import { bigserial, index, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/**
 * What was done, by whom, to what: one row in the transaction of every command. Names of fields,
 * never what they hold.
 */
export const auditEvents = pgTable(
  "audit_events",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** A person's id; null where a job acted. No foreign key: the row outlives the account. */
    actorId: text(),
    /** The domain's verb, such as `revision.submit`. */
    verb: text().notNull(),
    subjectKind: text().notNull(),
    subjectId: text().notNull(),
    details: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [index("audit_events_by_subject").on(t.subjectKind, t.subjectId)],
);
