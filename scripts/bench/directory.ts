import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Meilisearch } from "meilisearch";
import { type Connection, connect } from "#db/client.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { therapists as therapistsTable } from "#db/schema/profiles.ts";
import { readConfig } from "#lib/config.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { indexName, isIndexOutdated, rebuildIndex } from "#lib/directory/index-directory.ts";
import type { DirectoryDocument } from "#lib/directory/index-document.ts";
import { dayNumber } from "#lib/directory/rules.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { searchClient } from "#lib/search/client.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { type Engines, removeDataDir, startEngines } from "../engines/start-engines.ts";
import { buildIfNeeded } from "../up/build.ts";
import { type Environment, environmentOf } from "../up/environment.ts";
import { detail, step } from "../up/print.ts";
import { ingestAgain, spoolDocuments } from "./spool.ts";
import type { Stoppers } from "./stoppers.ts";
import { startWeb, type WebProcess } from "./web-process.ts";

/** A whole Parasol on throw-away data. */
export type BenchDirectory = {
  therapists: number;
  dataDir: string;
  engines: Engines;
  postgres: Connection;
  search: Meilisearch;
  environment: Environment;
  /** Some of those that readers may see today; all of them where they are few. */
  documents: readonly DirectoryDocument[];
  made: Made;
};

/** What making it took; null for what an earlier run had made. */
export type Made = {
  documents: number;
  seedingSeconds: number | null;
  indexSeconds: number | null;
  rawIngestionSeconds: number | null;
  /** Of this process while it built the index, a quarter of the way and at the end. */
  indexRss: { early: number; late: number } | null;
};

/** @param kept a folder in which it stays, or lies already; null for one that is thrown away */
export async function openDirectory(
  therapists: number,
  kept: string | null,
  { stoppers, signal }: { stoppers: Stoppers; signal: AbortSignal },
): Promise<BenchDirectory> {
  const dataDir = kept ? join(kept, String(therapists)) : mkdtempSync(join(tmpdir(), thrownAway));
  mkdirSync(dataDir, { recursive: true });
  if (!kept) stoppers.add(() => removeDataDir(dataDir));
  const engines = await startEngines({ dataDir, durable: false, say: detail });
  stoppers.add(() => engines.stop());
  signal.throwIfAborted();
  const postgres = connect(engines.databaseUrl, { max: 4 });
  stoppers.add(() => postgres.sql.end({ timeout: 2 }));
  const search = searchClient({ url: engines.meiliUrl, apiKey: engines.meiliMasterKey });
  const people = `${therapists.toLocaleString("en")} therapists`;

  let added = 0;
  const seedingSeconds = await timed(`${people}: seeding`, async () => {
    added = await seed(engines, postgres, therapists, signal);
  });
  const isIndexed = await hasIndex(search, postgres);
  const watch = watchMemory(therapists);
  const indexSeconds = isIndexed
    ? null
    : await timed(`${people}: index built from Postgres`, () =>
        rebuildIndex(search, postgres.db, (done) => {
          watch.look(done);
          everyTenThousand(done);
        }),
      );
  signal.throwIfAborted();
  // What a running site does to its tables sooner or later; plans without it are guesses.
  if (!isIndexed) await postgres.sql`vacuum analyze`;
  const spool = await spoolDocuments(search, join(dataDir, "documents.jsonl"));
  const rawIngestionSeconds = isIndexed
    ? null
    : await timed(`${people}: the same documents into the bare engine`, () =>
        ingestAgain(search, spool),
      );
  signal.throwIfAborted();
  // Some are in the index whom nobody may see today; readers ask for the others.
  const today = dayNumber(todayUtc());
  return {
    ...{ therapists, dataDir, engines, postgres, search },
    environment: environmentFor(engines, dataDir),
    documents: spool.sample.filter(({ visibleUntil }) => visibleUntil >= today),
    made: {
      documents: spool.total,
      seedingSeconds: added < therapists ? null : seedingSeconds,
      indexSeconds,
      rawIngestionSeconds,
      indexRss: isIndexed ? null : watch.seen(),
    },
  };
}

const thrownAway = "parasol-bench-";

/** With the site itself before it. */
export async function openSite(
  directory: BenchDirectory,
  { stoppers, signal }: { stoppers: Stoppers; signal: AbortSignal },
): Promise<BenchSite> {
  const { environment, dataDir } = directory;
  await step("build of the site, when something changed", () =>
    buildIfNeeded(environment, { say: detail, signal }),
  );
  const web = await startWeb(environment, dataDir);
  stoppers.add(() => web.stop());
  signal.throwIfAborted();
  return { ...directory, web };
}

export type BenchSite = BenchDirectory & { web: WebProcess };

async function hasIndex(search: Meilisearch, { db }: Connection): Promise<boolean> {
  if (await isIndexOutdated(db)) return false;
  const { results } = await search.getRawIndexes();
  return results.some(({ uid }) => uid === indexName);
}

function watchMemory(therapists: number) {
  const seen = { early: 0, late: 0 };
  return {
    look(done: number) {
      const { rss } = process.memoryUsage();
      if (done <= therapists / 4) seen.early = rss;
      seen.late = rss;
    },
    seen: () => seen,
  };
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
): Promise<number> {
  await migrateDatabase(engines.databaseUrl, engines.siteDatabaseUrl);
  await loadReference(db);
  if ((await db.$count(therapistsTable)) >= therapists) return 0;
  let told = performance.now();
  return seedDemo(db, {
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

function everyTenThousand(done: number): void {
  if (done % 10_000 === 0) detail(`${done.toLocaleString("en")} therapists read`);
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
