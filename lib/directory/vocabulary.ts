import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { type Vocabulary, vocabularyOf } from "./free-words.ts";

/** Reading all words is slow; one that is new meanwhile is found, and only its misspellings are not. */
const freshMs = 10 * 60_000;

let known: { vocabulary: Vocabulary; readAt: number } | null = null;

/**
 * Entries whose words are read, taken evenly. Of a larger directory the rarest words are missing, and
 * their misspellings with them; reading all would take longer than a search may.
 */
const mostRead = 10_000;

/** The words of the entries, for those who search while the engine is away. */
export async function vocabularyIn(db: Db): Promise<Vocabulary> {
  const now = Date.now();
  if (known !== null && now - known.readAt < freshMs) return known.vocabulary;
  const rows = await db.execute<{ word: string }>(sql`
    select word from ts_stat((
      select format('select words from directory_entries tablesample system (%s) where main',
        least(100, 100.0 * ${mostRead}::integer / greatest(reltuples, 1)))
      from pg_class where oid = 'directory_entries'::regclass))`);
  known = { vocabulary: vocabularyOf(rows.map(({ word }) => word)), readAt: now };
  return known.vocabulary;
}
