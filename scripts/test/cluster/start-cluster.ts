import { randomInt } from "node:crypto";
import { join } from "node:path";
import { readConfig } from "#lib/config.ts";
import { openDataDir, writeFacts } from "../../engines/data-dir.ts";
import { freePort } from "../../engines/free-port.ts";
import { type Alive, keepAlive } from "../../keep-alive.ts";
import { buildIfNeeded } from "../../up/build.ts";
import { runScript, type ServiceProcess, startService } from "../../up/child.ts";
import { type Environment, environmentOf, ownerEnvironmentOf } from "../../up/environment.ts";
import { detail, step } from "../../up/print.ts";
import { waitUntilReady } from "../../up/ready.ts";
import type { Run } from "../../up/start-all.ts";
import { removeUpFile, writeUpFile } from "../../up/up-file.ts";
import type { ClusterFacts } from "./facts.ts";
import { startPooler } from "./pooler.ts";
import { startProxy } from "./proxy.ts";
import { startNodes, startReplica } from "./stores.ts";

const counts = { webs: 3, workers: 2, nodes: 2 };

/**
 * A site of many processes on this machine, each kept alive as an operator's supervisor would: what
 * is killed comes back a second later, on its port of before, and nobody tells the others.
 */
export async function startCluster(run: Run): Promise<void> {
  const config = readConfig();
  const home = openDataDir(config.DATA_DIR);
  const engines = await step("Postgres and Meilisearch", () => startNodes(home, counts.nodes, run));
  const [port, mailPort] = [await ownPort(), await ownPort()];
  const launch = { config, dataDir: home, port, engines, dev: false, mailPort };
  const url = `http://127.0.0.1:${port}`;
  await runScript("scripts/up/prepare.ts", ownerEnvironmentOf(launch), run);
  const environment = { ...environmentOf(launch), SITE_URL: url };
  await step("build", () => buildIfNeeded(environment, { say: detail, signal: run.signal }));

  const { databaseUrl = "", siteDatabaseUrl = "" } = engines;
  const replica = await step("replica", () => startReplica(home, databaseUrl, run));
  const forPooler = { port: await ownPort(), databaseUrl: siteDatabaseUrl };
  const pooler = await step("pooler", () => startPooler(home, forPooler));
  run.onStop(() => pooler.kept.stop());
  const reading = { DATABASE_REPLICA_URL: replica.urlOf(siteDatabaseUrl) };
  const pooled = { ...reading, DATABASE_URL: pooler.url, DATABASE_POOLER: "transaction" };

  const start = (name: string, args: string[], extra: Environment = {}) =>
    keepService(run, name, args, { ...environment, ...extra });
  await start("mail-catcher", [String(mailPort)]);
  for (let at = 1; at <= counts.workers; at += 1) await start("worker", [String(at)]);
  const webs: number[] = [];
  for (let at = 1; at <= counts.webs; at += 1) {
    webs.push(await ownPort());
    await start("web", [String(at)], { ...pooled, PORT: String(webs.at(-1)) });
  }
  const proxy = await startProxy(home, { port, webs });
  run.onStop(() => proxy.stop());
  await step("all of it", () => waitUntilReady(url, { nginx: proxy.current() }, run.signal));

  writeFacts<ClusterFacts>(home, "cluster.json", {
    webs: webs.map((web) => `http://127.0.0.1:${web}`),
    replicaUrl: replica.urlOf(databaseUrl),
    poolerUrl: pooler.url,
  });
  writeUpFile(home, {
    url,
    databaseUrl: siteDatabaseUrl,
    migrationDatabaseUrl: databaseUrl,
    meiliUrl: engines.meiliUrl,
    meiliKeyFile: join(home, "meilisearch.key"),
  });
  run.onStop(() => removeUpFile(home));
}

/** @param args stand at the end of its command line, for whoever looks for the process */
async function keepService(
  run: Run,
  name: string,
  args: string[],
  environment: Environment,
): Promise<Alive<ServiceProcess>> {
  const start = async () => startService(name, args, environment);
  const service = await keepAlive(`${name} ${args[0]}`, start, { say: console.log });
  run.onStop(() => service.stop());
  return service;
}

/** Below those that the machine gives to lines on their way out: free again when its owner is back. */
function ownPort(): Promise<number> {
  return freePort(randomInt(10_000, 30_000));
}
