import type { Db } from "#db/client.ts";
import { destroyEvidence } from "#lib/evidence/destroy-evidence.ts";
import { sweepStrayBlobs } from "#lib/evidence/sweep-stray-blobs.ts";
import { sweepStrayPhotos } from "#lib/photos/sweep-stray-photos.ts";
import { openStore } from "#lib/storage/open-store.ts";
import type { Store } from "#lib/storage/store.ts";
import { todayUtc } from "#lib/vetting/rules.ts";

/** Destroys documents whose last day has passed, and bytes that no row knows any more. */
export async function purgeDocuments(now: Date, db: Db, store: Store = openStore()): Promise<void> {
  await destroyEvidence(todayUtc(now), db, store);
  await sweepStrayBlobs(now, db, store);
  await sweepStrayPhotos(now, db, store);
}
