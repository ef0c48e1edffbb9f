import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrateDatabase } from "#db/migrate.ts";
import { removeDataDir, startEngines } from "../../scripts/engines/start-engines.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The maintenance database, from which those of the tests are made. */
    adminUrl: string;
    templateName: string;
    meiliUrl: string;
    meiliMasterKey: string;
  }
}

const templateName = "parasol_template";

/** Once for all integration tests: engines on throw-away data and a migrated, empty template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "parasol-test-"));
  const engines = await startEngines({ dataDir, durable: false, say: console.error });
  const teardown = async () => {
    await engines.stop();
    removeDataDir(dataDir);
  };
  try {
    await makeTemplate(engines.databaseUrl);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide("adminUrl", engines.databaseUrl);
  project.provide("templateName", templateName);
  project.provide("meiliUrl", engines.meiliUrl);
  project.provide("meiliMasterKey", engines.meiliMasterKey);
  return teardown;
}

/** Nobody may be connected to a template while it is copied. */
async function makeTemplate(adminUrl: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`create database ${sql(templateName)}`;
    const url = new URL(adminUrl);
    url.pathname = templateName;
    await migrateDatabase(url.href);
    await sql`alter database ${sql(templateName)} is_template true allow_connections false`;
    await untilNobodyIsConnected(sql);
  } finally {
    await sql.end();
  }
}

/** The queue's migration says that it is done a moment before its connection is gone. */
async function untilNobodyIsConnected(sql: postgres.Sql): Promise<void> {
  for (let looks = 0; looks < 200; looks += 1) {
    const others = await sql`select from pg_stat_activity where datname = ${templateName}`;
    if (others.length === 0) return;
    await pause(25);
  }
  throw new Error("something stays connected to the template database");
}
