import { sql } from "drizzle-orm";
import { check, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { roles } from "../vocabulary.ts";
import { opaqueId } from "./columns.ts";

/** Everyone who can sign in. Readers are not here: they have no account. */
export const people = pgTable(
  "people",
  {
    id: opaqueId(),
    /** Stable name of a demo persona; null for real people. */
    persona: text().unique(),
    name: text().notNull(),
    email: text().notNull().unique(),
    roles: text().array().notNull().default(sql`'{}'`),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    check(
      "people_roles_known",
      sql`${t.roles} <@ array[${sql.raw(roles.map((role) => `'${role}'`).join(", "))}]::text[]`,
    ),
    check("people_email_lower_case", sql`${t.email} = lower(${t.email})`),
  ],
);
