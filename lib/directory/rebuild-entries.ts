import type { Db } from "#db/client.ts";
import { directoryVersion } from "#db/schema/directory.ts";
import { bumpDirectoryVersion } from "./bump-version.ts";
import { documentShape } from "./index-document.ts";
import { entriesIndex, withIndexLock } from "./index-lock.ts";
import { keepEntries } from "./keep-entries.ts";
import { loadDocuments } from "./load-documents.ts";
import { therapistBatches } from "./therapist-batches.ts";

/** Whether the entries were last built of documents of another shape than ours. */
export async function areEntriesOutdated(db: Db): Promise<boolean> {
  const [row] = await db.select({ shape: directoryVersion.indexShape }).from(directoryVersion);
  return row?.shape !== documentShape;
}

/**
 * Builds all entries anew, while they are read: some therapists at a time, and a change to one of
 * those waits for that long.
 */
export async function rebuildEntries(db: Db): Promise<void> {
  for await (const ids of therapistBatches(db)) {
    await withIndexLock({ index: entriesIndex }, db, async (tx) => {
      await keepEntries(ids, await loadDocuments(ids, tx), tx);
    });
  }
  await db.update(directoryVersion).set({ indexShape: documentShape });
  await bumpDirectoryVersion(db);
}
