import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { finished } from "node:stream/promises";
import type { Meilisearch } from "meilisearch";
import type { DirectoryDocument } from "#lib/directory/index-document.ts";
import { indexName } from "#lib/directory/index-name.ts";
import { makeIndex } from "#lib/directory/rebuild-node.ts";
import { isMarkDocument } from "#lib/search/mark.ts";

const PAGE = 2_000;
const BATCH = 1_000;
/** Searches are drawn from so many: all of a large directory would not fit into memory. */
const SAMPLE = 20_000;

export type Spool = { file: string; total: number; sample: DirectoryDocument[] };

/** Writes all documents of the index into a file, a batch a line, and keeps some, evenly taken. */
export async function spoolDocuments(search: Meilisearch, file: string): Promise<Spool> {
  const index = search.index<DirectoryDocument>(indexName);
  const { numberOfDocuments } = await index.getStats();
  const every = Math.max(1, Math.ceil(numberOfDocuments / SAMPLE));
  const sample: DirectoryDocument[] = [];
  const to = createWriteStream(file);
  let total = 0;
  for (;;) {
    const { results } = await index.getDocuments({ offset: total, limit: PAGE });
    if (results.length === 0) break;
    for (let start = 0; start < results.length; start += BATCH) {
      to.write(`${JSON.stringify(results.slice(start, start + BATCH))}\n`);
    }
    sample.push(
      ...results.filter((each, at) => (total + at) % every === 0 && !isMarkDocument(each)),
    );
    total += results.length;
  }
  to.end();
  await finished(to);
  return { file, total, sample };
}

/** The engine alone: as little as filling the index can cost. */
export async function ingestAgain(search: Meilisearch, { file }: Spool): Promise<void> {
  const name = "bare_ingestion";
  await makeIndex(search, name);
  const index = search.index(name);
  const tasks: number[] = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    tasks.push((await index.addDocumentsFromString(line, "application/json")).taskUid);
  }
  for (const task of tasks) {
    const { status } = await search.tasks.waitForTask(task, { timeout: 0, interval: 20 });
    if (status !== "succeeded") throw new Error(`the bare engine's task ${task} ${status}`);
  }
  await index.delete().waitTask({ timeout: 0 });
}
