import { eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { profileRevisions } from "#db/schema/profiles.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { requireDraft } from "#lib/revisions/open-draft.ts";
import { letGo } from "#lib/storage/let-go.ts";
import { openStore } from "#lib/storage/open-store.ts";
import type { Store } from "#lib/storage/store.ts";
import { dropUnusedPhotos } from "./drop-unused-photos.ts";
import { photoRefs } from "./rules.ts";

/**
 * Takes the photo out of the actor's open revision, and away for good unless the live one shows it.
 * @throws ConflictError("already-submitted"), NotFoundError for others than therapists
 */
export async function removePhoto(
  actor: Actor,
  db: Db = primary(),
  store: Store = openStore(),
): Promise<void> {
  const unused = await db.transaction(async (tx) => {
    const { therapistId, revisionId } = await requireDraft(actor, tx);
    await tx
      .update(profileRevisions)
      .set({ photoId: null })
      .where(eq(profileRevisions.id, revisionId));
    const subject = { kind: "revision", id: revisionId };
    await appendEvent({ actorId: actor.personId, verb: "photo.remove", subject }, tx);
    return dropUnusedPhotos(therapistId, tx);
  });
  await letGo(unused.flatMap(photoRefs), store);
}
