import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { type Vocabulary, vocabularyOf } from "./free-words.ts";

/** Reading words is slow; one that is new meanwhile is found, and only its misspellings are not. */
const freshMs = 10 * 60_000;

/** A search waits so long for the first reading; it then does without, and later ones have it. */
const patienceMs = 1_000;

/**
 * Entries whose words are read, taken evenly: all of a small directory, and of a large one as many as
 * are read in a second or two. The rarest words of a large one are missing, with their misspellings.
 */
const mostRead = 20_000;

let known: { vocabulary: Vocabulary; readAt: number } | null = null;
let reading: Promise<void> | null = null;

/** The words of the entries, for those who search while the engine is away; empty when not yet read. */
export async function vocabularyIn(db: Db): Promise<Vocabulary> {
  if (known === null || Date.now() - known.readAt >= freshMs) {
    reading ??= read(db).finally(() => {
      reading = null;
    });
    const tried = reading.catch(() => {
      // Whoever searches next has it tried again.
    });
    if (known === null) await Promise.race([tried, pause(patienceMs, undefined, { ref: false })]);
  }
  return known?.vocabulary ?? new Map();
}

async function read(db: Db): Promise<void> {
  const rows = await db.execute<{ word: string }>(sql`
    select word from ts_stat((
      select format('select words from directory_entries tablesample system (%s) where main',
        least(100, 100.0 * ${mostRead}::integer / greatest(reltuples, 1)))
      from pg_class where oid = 'directory_entries'::regclass))`);
  known = { vocabulary: vocabularyOf(rows.map(({ word }) => word)), readAt: Date.now() };
}
