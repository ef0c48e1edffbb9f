import { and, eq, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { photos, profileRevisions } from "#db/schema/profiles.ts";

/** Photos that no revision shows or may show again: history keeps none. */
export const isUnused = sql`not exists (
  select from ${profileRevisions}
  where ${profileRevisions.photoId} = ${photos.id} and ${profileRevisions.state} <> 'superseded')`;

/** Forgets a therapist's unused photos, in the caller's transaction. @returns their ids */
export async function dropUnusedPhotos(therapistId: string, tx: Db): Promise<string[]> {
  const dropped = await tx
    .delete(photos)
    .where(and(eq(photos.therapistId, therapistId), isUnused))
    .returning({ id: photos.id });
  return dropped.map(({ id }) => id);
}
