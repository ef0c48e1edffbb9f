import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { type Vocabulary, vocabularyOf } from "./free-words.ts";

/** Reading all words is slow; one that is new meanwhile is found, and only its misspellings are not. */
const freshMs = 10 * 60_000;

let known: { vocabulary: Vocabulary; readAt: number } | null = null;

/** All words of the entries, for those who search while the engine is away. */
export async function vocabularyIn(db: Db): Promise<Vocabulary> {
  const now = Date.now();
  if (known !== null && now - known.readAt < freshMs) return known.vocabulary;
  const rows = await db.execute<{ word: string }>(
    sql`select word from ts_stat('select words from directory_entries where main')`,
  );
  known = { vocabulary: vocabularyOf(rows.map(({ word }) => word)), readAt: now };
  return known.vocabulary;
}
