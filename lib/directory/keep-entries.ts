import { inArray, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { directoryEntries } from "#db/schema/directory.ts";
import { plainText } from "./free-words.ts";
import { cardFields, type DirectoryDocument } from "./index-document.ts";
import { reachRanges } from "./reach-number.ts";
import { facetKeys } from "./schema.ts";

/**
 * Keeps the documents of some therapists in Postgres as well, in place of those that were there.
 * @param therapistIds all whom `documents` is about, also those who have none any more
 */
export async function keepEntries(
  therapistIds: readonly string[],
  documents: readonly DirectoryDocument[],
  db: Db,
): Promise<void> {
  const rows = JSON.stringify(documents.map(entryOf));
  await db.transaction(async (tx) => {
    await tx
      .delete(directoryEntries)
      .where(inArray(directoryEntries.therapistId, [...therapistIds]));
    if (documents.length === 0) return;
    // One value, however many rows: a list of parameters has a limit, and is parsed for long.
    await tx.execute(sql`
      insert into directory_entries (id, therapist_id, main, card, terms, reach, lat, lon,
        visible_until, accepting_until, confirmed, shuffle, plain_text)
      select id, therapist_id, main, card, terms, reach, lat, lon,
        visible_until, accepting_until, confirmed, shuffle, plain_text
      from jsonb_to_recordset(${rows}::text::jsonb) as entry (id text, therapist_id text,
        main boolean, card jsonb, terms text[], reach int8multirange, lat float8, lon float8,
        visible_until integer, accepting_until integer, confirmed integer, shuffle bigint,
        plain_text text)`);
  });
}

function entryOf(document: DirectoryDocument) {
  return {
    id: document.id,
    therapist_id: document.therapistId,
    main: document.main,
    card: Object.fromEntries(cardFields.map((field) => [field, document[field]])),
    terms: facetKeys.flatMap((key) => document[key].map((id) => `${key}:${id}`)),
    reach: reachRanges(document.reach),
    lat: document._geo?.lat ?? null,
    lon: document._geo?.lng ?? null,
    visible_until: document.visibleUntil,
    accepting_until: document.acceptingUntil,
    confirmed: document.confirmed,
    shuffle: document.shuffle,
    plain_text: plainText([
      document.name,
      ...document.modalityWords,
      ...document.concernWords,
      document.headline,
      document.approach,
      ...document.trainingWords,
      ...document.otherWords,
    ]),
  };
}
