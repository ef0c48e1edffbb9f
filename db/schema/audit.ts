import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  check,
  index,
  jsonb,
  pgTable,
  text,
  timestamp,
} from "drizzle-orm/pg-core";

/**
 * What was done, by whom, to what: one row in the transaction of every command. Names of fields,
 * never what they hold. Rows are only ever added (docs/decisions/0017).
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
  (t) => [
    // The hashed text has one field a line, so no field may hold a line break.
    check(
      "audit_events_one_line",
      sql`coalesce(${t.actorId}, '') || ${t.verb} || ${t.subjectKind} || ${t.subjectId} !~ '[[:cntrl:]]'`,
    ),
    index("audit_events_by_subject").on(t.subjectKind, t.subjectId),
    index("audit_events_by_verb").on(t.verb, t.at),
    index("audit_events_by_actor").on(t.actorId, t.at),
  ],
);

/**
 * Each event hashed together with the link before it. A deferred trigger adds the link when the
 * event's transaction commits; the site's own database role can neither change nor remove one.
 */
export const auditChain = pgTable("audit_chain", {
  /** 1, 2, 3 … without a gap. */
  seq: bigint({ mode: "number" }).primaryKey(),
  eventId: bigint({ mode: "number" }).notNull().unique(),
  /** SHA-256 in hex of the link before; 64 zeros for the first. */
  before: text().notNull(),
  /** SHA-256 in hex of `before` and the event. */
  hash: text().notNull(),
});
