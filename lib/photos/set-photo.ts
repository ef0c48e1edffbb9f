import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { photos, profileRevisions } from "#db/schema/profiles.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { cleanPhoto } from "#lib/evidence/clean-file.ts";
import { requireDraft } from "#lib/revisions/open-draft.ts";
import { letGo } from "#lib/storage/let-go.ts";
import { openStore } from "#lib/storage/open-store.ts";
import type { Store } from "#lib/storage/store.ts";
import { dropUnusedPhotos } from "./drop-unused-photos.ts";
import { photoRef, photoRefs } from "./rules.ts";

/**
 * Gives the actor's open revision a new photo, in all its public sizes; readers see it once that
 * revision is live. @returns its id
 * @throws FileError, ConflictError("already-submitted"), NotFoundError for others than therapists
 */
export async function setPhoto(
  actor: Actor,
  { bytes }: { bytes: Uint8Array },
  db: Db = primary(),
  store: Store = openStore(),
): Promise<string> {
  // Asked twice: nobody waits for a photo to be drawn that has no place.
  await db.transaction((tx) => requireDraft(actor, tx));
  const files = await cleanPhoto(bytes);
  const id = randomUUID();
  try {
    for (const { size, format, bytes: drawn } of files) {
      await store.put(photoRef(id, `${size}.${format}`), drawn);
    }
    const unused = await db.transaction(async (tx) => {
      const { therapistId, revisionId } = await requireDraft(actor, tx);
      await tx.insert(photos).values({ id, therapistId });
      await tx
        .update(profileRevisions)
        .set({ photoId: id })
        .where(eq(profileRevisions.id, revisionId));
      const subject = { kind: "photo", id };
      await appendEvent({ actorId: actor.personId, verb: "photo.set", subject }, tx);
      return dropUnusedPhotos(therapistId, tx);
    });
    await letGo(unused.flatMap(photoRefs), store);
  } catch (error) {
    // Where nobody can say whether the row is there, the daily sweep will know.
    await forgetFiles(id, db, store).catch(() => {});
    throw error;
  }
  return id;
}

async function forgetFiles(id: string, db: Db, store: Store): Promise<void> {
  const kept = await db.select({ id: photos.id }).from(photos).where(eq(photos.id, id));
  if (kept.length === 0) await letGo(photoRefs(id), store);
}
