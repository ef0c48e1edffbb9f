import { asc, gt } from "drizzle-orm";
import type { Index, Meilisearch, Task } from "meilisearch";
import type { Db } from "#db/client.ts";
import { directoryVersion } from "#db/schema/directory.ts";
import { therapists } from "#db/schema/profiles.ts";
import { bumpDirectoryVersion } from "./bump-version.ts";
import { type DirectoryDocument, documentShape } from "./index-document.ts";
import { withIndexLock } from "./index-lock.ts";
import { applySettings } from "./index-settings.ts";
import { keepEntries } from "./keep-entries.ts";
import { loadDocuments } from "./load-documents.ts";

export const indexName = "therapists";
const BATCH = 1000;
/** Batches that the engine has taken and not done. It does several at once, so not too few. */
const MOST_WAITING = 16;

/** Makes sure the index is there with our settings. @returns whether it had to be made. */
export async function openIndex(client: Meilisearch, name = indexName): Promise<boolean> {
  const made = await client.createIndex(name, { primaryKey: "id" }).waitTask({ timeout: 0 });
  await applySettings(client.index(name));
  return made.status === "succeeded";
}

/** Whether the index was last built with documents of another shape than ours. */
export async function isIndexOutdated(db: Db): Promise<boolean> {
  const [row] = await db.select({ shape: directoryVersion.indexShape }).from(directoryVersion);
  return row?.shape !== documentShape;
}

/**
 * Puts one therapist into the index as their tables have them now, or takes them out; into the
 * entries in Postgres first, so that those are right while the engine is away. Repeatable.
 */
export async function reindexTherapist(
  therapistId: string,
  client: Meilisearch,
  db: Db,
  name = indexName,
): Promise<void> {
  await withIndexLock({ therapistId }, db, async () => {
    const documents = await loadDocuments([therapistId], db);
    await keepEntries([therapistId], documents, db);
    const index: Index<DirectoryDocument> = client.index(name);
    const kept = documents.map((document) => document.id);
    const filter = `therapistId = "${therapistId}"`;
    const { results } = await index.getDocuments({ filter, fields: ["id"], limit: 100 });
    const gone = results.map(({ id }) => id).filter((id) => !kept.includes(id));
    if (gone.length > 0) await settled(index.deleteDocuments(gone).waitTask(patiently));
    if (documents.length > 0) await settled(index.addDocuments(documents).waitTask(patiently));
  });
  await bumpDirectoryVersion(db);
}

/**
 * Builds the whole index beside the live one and swaps it in, so readers never meet a half index.
 * @param onProgress told the therapists read so far.
 */
export async function rebuildIndex(
  client: Meilisearch,
  db: Db,
  onProgress: (done: number) => void = () => {},
  name = indexName,
): Promise<{ therapists: number; documents: number }> {
  const counts = await withIndexLock("rebuild", db, async () => {
    const beside = `${name}_beside`;
    await client.index(beside).delete().waitTask(patiently);
    await openIndex(client, beside);
    const filled = await fillIndex(client.index(beside), db, onProgress);
    await openIndex(client, name);
    await settled(
      client.swapIndexes([{ indexes: [name, beside], rename: false }]).waitTask(patiently),
    );
    await client.index(beside).delete().waitTask(patiently);
    return filled;
  });
  await db.update(directoryVersion).set({ indexShape: documentShape });
  await bumpDirectoryVersion(db);
  return counts;
}

/**
 * The same memory and the same questions to the engine however many therapists there are: one batch
 * on its way to it, and a bounded number that it has taken and not yet done.
 */
async function fillIndex(
  index: Index,
  db: Db,
  onProgress: (done: number) => void,
): Promise<{ therapists: number; documents: number }> {
  const counts = { therapists: 0, documents: 0 };
  const waiting: number[] = [];
  const settleDownTo = async (most: number) => {
    while (waiting.length > most) {
      await settled(index.tasks.waitForTask(waiting.shift() ?? 0, patiently));
    }
  };
  const send = async (documents: DirectoryDocument[]) => {
    waiting.push((await index.addDocuments(documents)).taskUid);
    await settleDownTo(MOST_WAITING);
  };
  let sending = Promise.resolve();
  for (let after = ""; ; ) {
    const ids = await nextIds(after, db);
    if (ids.length === 0) break;
    const documents = await loadDocuments(ids, db);
    await keepEntries(ids, documents, db);
    // The next ones are read while the engine still takes these.
    await sending;
    if (documents.length > 0) sending = send(documents);
    sending.catch(() => {});
    counts.therapists += ids.length;
    counts.documents += documents.length;
    onProgress(counts.therapists);
    after = ids.at(-1) ?? after;
  }
  await sending;
  await settleDownTo(0);
  return counts;
}

async function nextIds(after: string, db: Db): Promise<string[]> {
  const rows = await db
    .select({ id: therapists.id })
    .from(therapists)
    .where(gt(therapists.id, after))
    .orderBy(asc(therapists.id))
    .limit(BATCH);
  return rows.map((row) => row.id);
}

const patiently = { timeout: 0, interval: 20 };

/** Throws when the engine could not do what it was told, so that the job is tried again. */
async function settled(task: Promise<Task>): Promise<void> {
  const { status, error } = await task;
  if (status !== "succeeded") {
    throw new Error(`Meilisearch task ${status}: ${error?.message ?? "no reason given"}`);
  }
}
