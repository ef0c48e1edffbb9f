import { sql } from "drizzle-orm";
import { check, integer, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { textWithin } from "./columns.ts";

type InTwoLanguages = { en: string; es: string };

/** How to look someone up with one issuing body. */
export type PlaybookContent = {
  /** The body, as it calls itself. */
  name: string;
  /** Where its register is; null where there is none in public. */
  url: string | null;
  /** Credential types and jurisdictions that it answers for, such as `us-lmft` and `US-CA`. */
  credentialTypes: readonly string[];
  jurisdictions: readonly string[];
  /** What to type, and where. */
  steps: InTwoLanguages;
  /** How its numbers look. */
  idFormat: InTwoLanguages | null;
  /** Its status words, word for word, and what each means for a check. */
  statusWords: readonly { word: string; meaning: InTwoLanguages; suggests: string }[];
  /** How to reach the person through a contact that the register gives. */
  callBack: InTwoLanguages | null;
};

/** Reference data that leads edit: each edit is a new version, and old checks keep theirs. */
export const playbooks = pgTable(
  "playbooks",
  {
    id: text().notNull(),
    version: integer().notNull(),
    content: jsonb().$type<PlaybookContent>().notNull(),
    /** Null: shipped with the software. */
    editedBy: text(),
    editedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** Why it was changed. */
    reason: text(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.version] }),
    check("playbooks_version_counts", sql`${t.version} >= 1`),
    textWithin("playbooks_reason_length", t.reason, 300),
  ],
);
