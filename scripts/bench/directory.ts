import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Meilisearch } from "meilisearch";
import { type Connection, connect } from "#db/client.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { readConfig } from "#lib/config.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { fedNodes } from "#lib/directory/feed-nodes.ts";
import type { DirectoryDocument } from "#lib/directory/index-document.ts";
import { indexName } from "#lib/directory/index-name.ts";
import { rebuildDirectory } from "#lib/directory/rebuild-directory.ts";
import { makeIndex } from "#lib/directory/rebuild-node.ts";
import { dayNumber } from "#lib/directory/rules.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { searchClient } from "#lib/search/client.ts";
import { isMarkDocument } from "#lib/search/mark.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { type Engines, removeDataDir, startEngines } from "../engines/start-engines.ts";
import { buildIfNeeded } from "../up/build.ts";
import { type Environment, environmentOf } from "../up/environment.ts";
import { detail, step } from "../up/print.ts";
import type { Stoppers } from "./stoppers.ts";
import { startWeb, type WebProcess } from "./web-process.ts";

/** A whole Parasol on throw-away data. */
export type BenchDirectory = {
  therapists: number;
  dataDir: string;
  engines: Engines;
  postgres: Connection;
  search: Meilisearch;
  web: WebProcess;
  /** Those that readers may see today. */
  documents: readonly DirectoryDocument[];
  seconds: { seeding: number; index: number; rawIngestion: number };
};

export async function openDirectory(
  therapists: number,
  dataDir: string,
  { stoppers, signal }: { stoppers: Stoppers; signal: AbortSignal },
): Promise<BenchDirectory> {
  stoppers.add(() => removeDataDir(dataDir));
  const engines = await startEngines({ dataDir, durable: false, say: detail });
  stoppers.add(() => engines.stop());
  signal.throwIfAborted();
  const postgres = connect(engines.databaseUrl, { max: 4 });
  stoppers.add(() => postgres.sql.end({ timeout: 2 }));
  const search = searchClient({ url: engines.meiliUrl, apiKey: engines.meiliMasterKey });
  const people = `${therapists.toLocaleString("en")} therapists`;

  const seeding = await timed(`${people}: seeding`, () =>
    seed(engines, postgres, therapists, signal),
  );
  const index = await timed(`${people}: index built from Postgres`, () =>
    buildIndex(engines, postgres),
  );
  signal.throwIfAborted();
  // What a running site does to its tables sooner or later; plans without it are guesses.
  await postgres.sql`vacuum analyze`;
  const everything = await readDocuments(search);
  const rawIngestion = await timed(`${people}: the same documents into the bare engine`, () =>
    ingestAgain(search, everything),
  );
  signal.throwIfAborted();

  const environment = environmentFor(engines, dataDir);
  await step("build of the site, when something changed", () =>
    buildIfNeeded(environment, { say: detail, signal }),
  );
  const web = await startWeb(environment, dataDir);
  stoppers.add(() => web.stop());
  signal.throwIfAborted();
  const seconds = { seeding, index, rawIngestion };
  // Some are in the index whom nobody may see today; readers ask for the others.
  const today = dayNumber(todayUtc());
  const documents = everything.filter(({ visibleUntil }) => visibleUntil >= today);
  return { therapists, dataDir, engines, postgres, search, web, documents, seconds };
}

async function timed(name: string, work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await step(name, work);
  return (performance.now() - started) / 1000;
}

async function seed(
  engines: Engines,
  { db }: Connection,
  therapists: number,
  signal: AbortSignal,
): Promise<void> {
  await migrateDatabase(engines.databaseUrl, engines.siteDatabaseUrl);
  await loadReference(db);
  let told = performance.now();
  await seedDemo(db, {
    therapists,
    today: todayUtc(),
    signal,
    onProgress: (line) => {
      if (performance.now() - told < 5_000) return;
      told = performance.now();
      detail(line);
    },
  });
}

async function buildIndex(engines: Engines, { db }: Connection): Promise<void> {
  const nodes = fedNodes({ MEILI_URL: engines.meiliUrl, MEILI_MASTER_KEY: engines.meiliMasterKey });
  const tell = (_: string, done: number) => everyTenThousand(done);
  for (const outcome of await rebuildDirectory(nodes, db, tell)) {
    if ("error" in outcome) throw outcome.error;
  }
}

function everyTenThousand(done: number): void {
  if (done % 10_000 === 0) detail(`${done.toLocaleString("en")} therapists read`);
}

async function readDocuments(search: Meilisearch): Promise<DirectoryDocument[]> {
  const index = search.index<DirectoryDocument>(indexName);
  const documents: DirectoryDocument[] = [];
  for (;;) {
    const { results } = await index.getDocuments({ offset: documents.length, limit: 2_000 });
    if (results.length === 0) return documents.filter((document) => !isMarkDocument(document));
    documents.push(...results);
  }
}

/** The engine alone: as little as filling the index can cost. */
async function ingestAgain(
  search: Meilisearch,
  documents: readonly DirectoryDocument[],
): Promise<void> {
  const name = "bare_ingestion";
  await makeIndex(search, name);
  const index = search.index<DirectoryDocument>(name);
  const tasks: number[] = [];
  for (let start = 0; start < documents.length; start += 1_000) {
    const { taskUid } = await index.addDocuments(documents.slice(start, start + 1_000));
    tasks.push(taskUid);
  }
  await search.tasks.waitForTasks(tasks, { timeout: 0, interval: 20 });
  await index.delete().waitTask({ timeout: 0 });
}

function environmentFor(engines: Engines, dataDir: string): Environment {
  const launch = { config: readConfig(), dataDir, port: 0, engines, dev: false };
  // Not the demo's page: that has a notice more than the one that readers will be sent.
  return { ...environmentOf(launch), HOST: "127.0.0.1", DEMO: "0", SITE_URL: undefined };
}

/** A folder for what one part of the run hands to another, gone with the directory. */
export function workFile(directory: BenchDirectory, name: string, content?: string): string {
  mkdirSync(join(directory.dataDir, "bench"), { recursive: true });
  const path = join(directory.dataDir, "bench", name);
  if (content !== undefined) writeFileSync(path, content);
  return path;
}
