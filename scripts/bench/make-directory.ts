import { join } from "node:path";
import { sql } from "drizzle-orm";
import type { Meilisearch } from "meilisearch";
import type { Connection } from "#db/client.ts";
import { directoryEntries } from "#db/schema/directory.ts";
import { therapists as everyone } from "#db/schema/profiles.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { type FedNode, feedNodes } from "#lib/directory/feed-nodes.ts";
import { type DirectoryDocument, documentShape } from "#lib/directory/index-document.ts";
import { indexName } from "#lib/directory/index-name.ts";
import { keepEntries } from "#lib/directory/keep-entries.ts";
import { loadDocuments } from "#lib/directory/load-documents.ts";
import { rebuildDirectory } from "#lib/directory/rebuild-directory.ts";
import { isFed } from "#lib/directory/reindex-therapist.ts";
import { therapistBatches } from "#lib/directory/therapist-batches.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { detail, step } from "../up/print.ts";
import { ingestAgain, spoolDocuments } from "./spool.ts";

/** What making a directory took; null for what an earlier run had made, or what was left out. */
export type Made = {
  documents: number;
  seedingSeconds: number | null;
  indexSeconds: number | null;
  rawIngestionSeconds: number | null;
  /** Of this process while it built the index, a quarter of the way and at the end, in bytes. */
  indexRss: { early: number; late: number } | null;
};

type Opened = {
  therapists: number;
  dataDir: string;
  postgres: Connection;
  search: Meilisearch;
  node: FedNode;
};
type Filled = Omit<Made, "seedingSeconds"> & { sample: DirectoryDocument[] };

/** @returns seconds, null when all of them are there */
export async function seed(
  { therapists, postgres: { db } }: Opened,
  signal: AbortSignal,
): Promise<number | null> {
  await loadReference(db);
  if ((await db.$count(everyone)) >= therapists) return null;
  const tell = everyFiveSeconds();
  return timed(`${people(therapists)}: seeding`, () =>
    seedDemo(db, { therapists, today: todayUtc(), signal, onProgress: tell }),
  );
}

/** The index from Postgres, and then once more the same documents into the engine alone. */
export async function makeIndex(opened: Opened, signal: AbortSignal): Promise<Filled> {
  const { therapists, dataDir, postgres, search } = opened;
  const spool = () => spoolDocuments(search, join(dataDir, "documents.jsonl"));
  if (await hasIndex(opened)) {
    const { total, sample } = await spool();
    const times = { indexSeconds: null, rawIngestionSeconds: null, indexRss: null };
    return { sample, documents: total, ...times };
  }
  const indexRss = { early: 0, late: 0 };
  const tell = everyFiveSeconds();
  const indexSeconds = await timed(`${people(therapists)}: index built from Postgres`, () =>
    build(opened, (done) => {
      indexRss.late = process.memoryUsage().rss;
      if (done <= therapists / 4) indexRss.early = indexRss.late;
      tell(`${done.toLocaleString("en")} therapists read`);
    }),
  );
  signal.throwIfAborted();
  // What a running site does to its tables sooner or later; plans without it are guesses.
  await postgres.sql`vacuum analyze`;
  const spooled = await spool();
  const rawIngestionSeconds = await timed(
    `${people(therapists)}: the same documents into the bare engine`,
    () => ingestAgain(search, spooled),
  );
  signal.throwIfAborted();
  const { total, sample } = spooled;
  return { sample, documents: total, indexSeconds, rawIngestionSeconds, indexRss };
}

async function build(
  { node, postgres }: Opened,
  onProgress: (done: number) => void,
): Promise<void> {
  const outcomes = await rebuildDirectory([node], postgres.db, (_, done) => onProgress(done));
  for (const outcome of outcomes) if ("error" in outcome) throw outcome.error;
}

/** One that was kept is known by its mark, whatever port the engine has now. */
async function hasIndex({ node, postgres: { db } }: Opened): Promise<boolean> {
  await feedNodes([node], indexName, db);
  return isFed(node, indexName, db);
}

const BATCH = 1_000;
const SAMPLE = 5_000;

/** What Postgres searches in the engine's place; the engine stays empty. */
export async function makeEntries(opened: Opened, signal: AbortSignal): Promise<Filled> {
  const { therapists, postgres } = opened;
  const { db } = postgres;
  if ((await db.$count(directoryEntries, sql`main`)) < therapists / 2) {
    const tell = everyFiveSeconds();
    await timed(`${people(therapists)}: entries in Postgres`, async () => {
      let done = 0;
      for await (const ids of therapistBatches(db)) {
        signal.throwIfAborted();
        await keepEntries(ids, await loadDocuments(ids, db), db);
        done += ids.length;
        tell(`${done.toLocaleString("en")} therapists read`);
      }
    });
    await postgres.sql`vacuum analyze`;
  }
  await postgres.sql`update directory_version set index_shape = ${documentShape}`;
  const some = await postgres.sql<{ id: string }[]>`
    select id from therapists where listing_state = 'listed' order by md5(id) limit ${SAMPLE}`;
  const sample: DirectoryDocument[] = [];
  for (let start = 0; start < some.length; start += BATCH) {
    const ids = some.slice(start, start + BATCH).map(({ id }) => id);
    sample.push(...(await loadDocuments(ids, db)));
  }
  const documents = await db.$count(directoryEntries);
  return { sample, documents, indexSeconds: null, rawIngestionSeconds: null, indexRss: null };
}

async function timed(name: string, work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await step(name, work);
  return (performance.now() - started) / 1000;
}

function people(therapists: number): string {
  return `${therapists.toLocaleString("en")} therapists`;
}

function everyFiveSeconds(): (line: string) => void {
  let told = performance.now();
  return (line) => {
    if (performance.now() - told < 5_000) return;
    told = performance.now();
    detail(line);
  };
}
