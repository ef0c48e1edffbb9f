import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Meilisearch } from "meilisearch";
import { type Connection, connect } from "#db/client.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { readConfig } from "#lib/config.ts";
import { type FedNode, fedNodes } from "#lib/directory/feed-nodes.ts";
import type { DirectoryDocument } from "#lib/directory/index-document.ts";
import { dayNumber } from "#lib/directory/rules.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { type Engines, removeDataDir, startEngines } from "../engines/start-engines.ts";
import { buildIfNeeded } from "../up/build.ts";
import { type Environment, environmentOf } from "../up/environment.ts";
import { detail, step } from "../up/print.ts";
import { type Made, makeEntries, makeIndex, seed } from "./make-directory.ts";
import type { Stoppers } from "./stoppers.ts";
import { startWeb, type WebProcess } from "./web-process.ts";

/** A whole Parasol on throw-away data. */
export type BenchDirectory = {
  therapists: number;
  dataDir: string;
  engines: Engines;
  postgres: Connection;
  search: Meilisearch;
  /** The same, for whoever feeds it. */
  node: FedNode;
  environment: Environment;
  /** Some of those that readers may see today; all of them where they are few. */
  documents: readonly DirectoryDocument[];
  made: Made;
};

/**
 * @param kept a folder in which it stays, or lies already; null for one that is thrown away
 * @param engine false leaves the search engine empty, and fills Postgres alone
 */
export async function openDirectory(
  therapists: number,
  { kept, engine }: { kept: string | null; engine: boolean },
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
  const [node] = fedNodes({
    MEILI_URL: engines.meiliUrl,
    MEILI_MASTER_KEY: engines.meiliMasterKey,
  });
  if (!node) throw new Error("the search engine did not start");
  const search = node.client;
  const opened = { therapists, dataDir, engines, postgres, search, node };

  await migrateDatabase(engines.databaseUrl, engines.siteDatabaseUrl);
  const seedingSeconds = await seed(opened, signal);
  const { sample, ...made } = await (engine
    ? makeIndex(opened, signal)
    : makeEntries(opened, signal));
  // Some are in the index whom nobody may see today; readers ask for the others.
  const today = dayNumber(todayUtc());
  return {
    ...opened,
    environment: environmentFor(engines, dataDir),
    documents: sample.filter(({ visibleUntil }) => visibleUntil >= today),
    made: { ...made, seedingSeconds },
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
