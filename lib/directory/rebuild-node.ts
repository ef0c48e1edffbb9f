import type { Index, Meilisearch } from "meilisearch";
import type { Db } from "#db/client.ts";
import { markDocument, readMark } from "#lib/search/mark.ts";
import { NodeError, requireKnownVersion } from "#lib/search/node-trouble.ts";
import { patiently, settled } from "#lib/search/settled.ts";
import { bumpDirectoryVersion } from "./bump-version.ts";
import { announceBuild, confirmBuild, type FedNode, nodeWithMark } from "./feed-nodes.ts";
import type { DirectoryDocument } from "./index-document.ts";
import { withIndexLock } from "./index-lock.ts";
import { newMark } from "./index-mark.ts";
import { indexName } from "./index-name.ts";
import { applySettings } from "./index-settings.ts";
import { loadDocuments } from "./load-documents.ts";
import { therapistBatches } from "./therapist-batches.ts";

export type Built = { therapists: number; documents: number };

/**
 * Builds one node's index beside the one that it has and swaps it in, so readers never meet a half
 * one; the first becomes the index when it is whole. Writes to this node wait, and to no other.
 * @param onProgress told the therapists read so far.
 * @throws NodeError when the node is too old, or is one that we know by another name
 */
export async function rebuildNode(
  { name, client }: FedNode,
  db: Db,
  onProgress: (done: number) => void = () => {},
  indexUid = indexName,
): Promise<Built> {
  const built = await withIndexLock({ index: name }, db, async (tx) => {
    await requireKnownVersion(client);
    const present = await readMark(client, indexUid);
    await requireOwnIndex(name, present, tx);
    const beside = `${indexUid}_beside`;
    await client.index(beside).delete().waitTask(patiently);
    await makeIndex(client, beside);
    const filled = await fillIndex(client.index(beside), tx, onProgress);
    const mark = newMark();
    await settled(
      client
        .index(beside)
        .addDocuments([markDocument(mark)])
        .waitTask(patiently),
    );
    // By a connection of its own: others must know it before the lock's transaction ends.
    await announceBuild(name, { mark, present }, db);
    const rename = !(await hasIndex(client, indexUid));
    await settled(
      client.swapIndexes([{ indexes: [beside, indexUid], rename }]).waitTask(patiently),
    );
    await confirmBuild(name, mark, db);
    if (!rename) await client.index(beside).delete().waitTask(patiently);
    return filled;
  });
  await bumpDirectoryVersion(db);
  return built;
}

/** Two addresses of one server would take each other's index for missing, and never end. */
async function requireOwnIndex(name: string, present: string | null, db: Db): Promise<void> {
  const owner = present && (await nodeWithMark(present, db));
  if (!owner || owner === name) return;
  throw new NodeError(
    `it has the index of ${owner}: name each server once in MEILI_URL; ` +
      "if this one was made from a copy of that one's data, start it with an empty folder",
  );
}

/** An empty index with our settings. */
export async function makeIndex(client: Meilisearch, indexUid: string): Promise<void> {
  await settled(client.createIndex(indexUid, { primaryKey: "id" }).waitTask(patiently));
  await applySettings(client.index(indexUid));
}

async function hasIndex(client: Meilisearch, indexUid: string): Promise<boolean> {
  const { results } = await client.getIndexes({ limit: 1_000 });
  return results.some(({ uid }) => uid === indexUid);
}

/** Batches that the node has taken and not done. It does several at once, so not too few. */
const MOST_WAITING = 16;

/**
 * The same memory and the same questions to the node however many therapists there are: one batch on
 * its way to it, and a bounded number that it has taken and not yet done.
 */
async function fillIndex(index: Index, db: Db, onProgress: (done: number) => void): Promise<Built> {
  const built = { therapists: 0, documents: 0 };
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
  for await (const ids of therapistBatches(db)) {
    const documents = await loadDocuments(ids, db);
    // The next ones are read while the node still takes these.
    await sending;
    if (documents.length > 0) sending = send(documents);
    sending.catch(() => {});
    built.therapists += ids.length;
    built.documents += documents.length;
    onProgress(built.therapists);
  }
  await sending;
  await settleDownTo(0);
  return built;
}
