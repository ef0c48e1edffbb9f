import type { Config } from "#lib/config.ts";
import { keptSecret } from "../engines/data-dir.ts";
import type { SomeEngines } from "../engines/start-engines.ts";
import type { Environment } from "./child.ts";
import { originOf } from "./port.ts";

export type { Environment };

export interface Launch {
  config: Config;
  dataDir: string;
  port: number;
  engines: SomeEngines;
  dev: boolean;
  /** Where the demo's own mail server listens; none where mail goes out, or waits. */
  mailPort?: number | null;
}

/** What web, worker and build are started with. */
export function environmentOf(launch: Launch): Environment {
  const { config, dataDir, port, engines, dev, mailPort } = launch;
  const embedded = engines.databaseUrl !== undefined;
  return {
    ...process.env,
    NODE_ENV: dev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    HOST: config.HOST,
    PORT: String(port),
    DATA_DIR: dataDir,
    SITE_URL: config.SITE_URL ?? originOf(config.HOST, port),
    DATABASE_URL: engines.siteDatabaseUrl ?? config.DATABASE_URL,
    // Empty and not missing: Next reads `.env` as well, and fills in what is missing.
    MIGRATION_DATABASE_URL: "",
    MEILI_URL: engines.meiliUrl ?? config.MEILI_URL,
    MEILI_MASTER_KEY: engines.meiliMasterKey ?? config.MEILI_MASTER_KEY,
    DEMO: isDemo(launch) ? "1" : "0",
    SMTP_URL: config.SMTP_URL ?? (mailPort ? `smtp://127.0.0.1:${mailPort}` : ""),
    MASTER_KEY: process.env.MASTER_KEY || (embedded ? keptSecret(dataDir, "master.key") : ""),
    AUTH_SECRET: process.env.AUTH_SECRET || (embedded ? keptSecret(dataDir, "auth.secret") : ""),
  };
}

/** The same for what brings the database up to date, as the owner of its tables. */
export function ownerEnvironmentOf(launch: Launch): Environment {
  const { config, engines } = launch;
  const owner = engines.databaseUrl ?? config.MIGRATION_DATABASE_URL ?? "";
  return { ...environmentOf(launch), MIGRATION_DATABASE_URL: owner };
}

/** On an embedded database unless the environment says otherwise. */
export function isDemo({ engines }: Pick<Launch, "engines">): boolean {
  return (process.env.DEMO || (engines.databaseUrl === undefined ? "0" : "1")) === "1";
}
