import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { directoryVersion } from "#db/schema/directory.ts";
import { type Place, textAt, textSet } from "./places.ts";

/** A text as it stands in a row. */
export type Text = { key: string; of: string; text: string };
export type Change = { key: string; was: string; text: string };

/** All texts of a place, a page at a time by the rows' keys: nobody is held up meanwhile. */
export async function* textsOf(place: Place, atOnce: number, db: Db): AsyncGenerator<Text[]> {
  const { table, key, of } = place;
  let after = "";
  for (;;) {
    const texts = await db.execute<Text>(sql`
      select ${key} as key, ${of} as of, ${textAt(place)} as text from ${table}
      where ${key} > ${after} and ${textAt(place)} <> ''
      order by ${key} limit ${atOnce}`);
    if (texts.length > 0) yield [...texts];
    if (texts.length < atOnce) return;
    after = texts.at(-1)?.key ?? "";
  }
}

/**
 * Puts other texts in the place of some, where those still stand: what was written or deleted
 * meanwhile stays so. What somebody is at work on is left for the next time: we never wait for a row
 * while we hold others. @returns how many were changed
 */
export async function changeTexts(
  place: Place,
  changes: readonly Change[],
  db: Db,
): Promise<number> {
  if (changes.length === 0) return 0;
  const { table, key } = place;
  return db.transaction(async (tx) => {
    // The trigger that counts changes takes this lock at the end, when we hold rows.
    await tx.select().from(directoryVersion).for("update");
    const keys = changes.map((change) => change.key);
    const free = await tx.execute<{ key: string }>(sql`
      select ${key} as key from ${table} where ${key} in ${keys}
      order by ${key} for update skip locked`);
    const ours = new Set(free.map((row) => row.key));
    const given = JSON.stringify(changes.filter((change) => ours.has(change.key)));
    const changed = await tx.execute(sql`
      update ${table} set ${textSet(place, sql`changed.text`)}
      from jsonb_to_recordset(${given}::text::jsonb) as changed (key text, was text, text text)
      where ${key} = changed.key and ${textAt(place)} = changed.was
      returning 1`);
    return changed.length;
  });
}
