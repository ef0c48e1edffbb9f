import type { Index } from "meilisearch";
import type { Db } from "#db/client.ts";
import { enqueueMissingBuild, enqueueNodeWrites } from "#lib/jobs/node-jobs.ts";
import { readMark } from "#lib/search/mark.ts";
import { patiently, settled } from "#lib/search/settled.ts";
import { bumpDirectoryVersion } from "./bump-version.ts";
import { type FedNode, marksOf } from "./feed-nodes.ts";
import type { DirectoryDocument } from "./index-document.ts";
import { entriesIndex, withIndexLock } from "./index-lock.ts";
import { isOurShape } from "./index-mark.ts";
import { indexName } from "./index-name.ts";
import { keepEntries } from "./keep-entries.ts";
import { loadDocuments } from "./load-documents.ts";

/**
 * Puts one therapist into the entries in Postgres as their tables have them now, or takes them out,
 * and has the same done at every node. Repeatable.
 */
export async function reindexTherapist(therapistId: string, db: Db): Promise<void> {
  await withIndexLock({ index: entriesIndex, therapistId }, db, async (tx) => {
    await keepEntries([therapistId], await loadDocuments([therapistId], tx), tx);
  });
  await enqueueNodeWrites(therapistId, db);
  await bumpDirectoryVersion(db);
}

/** Puts one therapist into one node's index as their tables have them now, or takes them out. */
export async function reindexTherapistAt(
  { name, client }: FedNode,
  therapistId: string,
  db: Db,
  indexUid = indexName,
): Promise<void> {
  await withIndexLock({ index: name, therapistId }, db, async (tx) => {
    if (!(await isFed({ name, client }, indexUid, tx))) {
      // Nobody reads it, and its build reads the truth: to write there would make up an index.
      await enqueueMissingBuild(name, tx);
      return;
    }
    const documents = await loadDocuments([therapistId], tx);
    const index: Index<DirectoryDocument> = client.index(indexUid);
    const kept = documents.map((document) => document.id);
    const filter = `therapistId = "${therapistId}"`;
    const { results } = await index.getDocuments({ filter, fields: ["id"], limit: 100 });
    const gone = results.map(({ id }) => id).filter((id) => !kept.includes(id));
    if (gone.length > 0) await settled(index.deleteDocuments(gone).waitTask(patiently));
    if (documents.length > 0) await settled(index.addDocuments(documents).waitTask(patiently));
  });
  await bumpDirectoryVersion(db);
}

/** Whether what the node has now was built by us, of our shape, and had every change since. */
export async function isFed({ name, client }: FedNode, indexUid: string, db: Db): Promise<boolean> {
  const mark = await readMark(client, indexUid);
  return mark !== null && isOurShape(mark) && ((await marksOf(name, db)) ?? []).includes(mark);
}
