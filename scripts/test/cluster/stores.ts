import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { prepareStandby } from "../../../tests/support/standby.ts";
import { openDataDir } from "../../engines/data-dir.ts";
import { startKeeper } from "../../engines/kept-engine.ts";
import { type SomeEngines, startSomeEngines } from "../../engines/start-engines.ts";
import { keepAlive } from "../../keep-alive.ts";
import type { Run } from "../../up/start-all.ts";

/**
 * Postgres, and as many search nodes as asked for: the first beside it, each other one in a folder of
 * its own, all with one key. What was acknowledged has to be there after a kill: they are durable.
 */
export async function startNodes(home: string, count: number, run: Run): Promise<SomeEngines> {
  const say = console.log;
  const first = await startSomeEngines({ dataDir: home, postgres: true, meilisearch: true, say });
  run.onStop(() => first.stop());
  const urls = [first.meiliUrl];
  for (let at = 2; at <= count; at += 1) {
    const dataDir = openDataDir(join(home, `node-${at}`));
    copyFileSync(join(home, "meilisearch.key"), join(dataDir, "meilisearch.key"));
    const node = await startSomeEngines({ dataDir, postgres: false, meilisearch: true, say });
    run.onStop(() => node.stop());
    urls.push(node.meiliUrl);
  }
  const { databaseUrl, siteDatabaseUrl, meiliMasterKey, stop } = first;
  return { databaseUrl, siteDatabaseUrl, meiliUrl: urls.join(","), meiliMasterKey, stop };
}

/** A streaming replica: asynchronous, hot, read-only. */
export async function startReplica(
  home: string,
  ownerUrl: string,
  run: Run,
): Promise<{ urlOf: (primaryUrl: string) => string }> {
  const dataDir = openDataDir(join(home, "replica"));
  await prepareStandby(ownerUrl, dataDir);
  const start = () => startKeeper("postgres", dataDir, { durable: false });
  const replica = await keepAlive("replica", start, { say: console.log });
  run.onStop(() => replica.stop());
  const { port } = replica.current();
  return {
    urlOf: (primaryUrl) => Object.assign(new URL(primaryUrl), { port: String(port) }).href,
  };
}
