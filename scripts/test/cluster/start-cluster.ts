import { randomInt } from "node:crypto";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "#lib/config.ts";
import { openDataDir, writeFacts } from "../../engines/data-dir.ts";
import { freePort } from "../../engines/free-port.ts";
import { type SomeEngines, startSomeEngines } from "../../engines/start-engines.ts";
import { type Alive, keepAlive } from "../../keep-alive.ts";
import { buildIfNeeded } from "../../up/build.ts";
import { runScript, type ServiceProcess, startService } from "../../up/child.ts";
import { type Environment, environmentOf, ownerEnvironmentOf } from "../../up/environment.ts";
import { detail, step } from "../../up/print.ts";
import { waitUntilReady } from "../../up/ready.ts";
import type { Run } from "../../up/start-all.ts";
import { removeUpFile, writeUpFile } from "../../up/up-file.ts";
import type { ClusterFacts } from "./facts.ts";
import { startProxy } from "./proxy.ts";

const counts = { webs: 3, workers: 2, nodes: 2 };

/**
 * A site of many processes on this machine, each kept alive as an operator's supervisor would: what
 * is killed comes back a second later, on its port of before, and nobody tells the others.
 */
export async function startCluster(run: Run): Promise<void> {
  const config = readConfig();
  const home = openDataDir(config.DATA_DIR);
  const ports = { proxy: await ownPort(), webs: [] as number[] };
  for (let at = 0; at < counts.webs; at += 1) ports.webs.push(await ownPort());
  const url = `http://127.0.0.1:${ports.proxy}`;

  const engines = await step("Postgres and Meilisearch", () => startNodes(home, run));
  const mailPort = await ownPort();
  const launch = { config, dataDir: home, port: ports.proxy, engines, dev: false, mailPort };
  const environment = { ...environmentOf(launch), SITE_URL: url };

  await runScript("scripts/up/prepare.ts", ownerEnvironmentOf(launch), run);
  await step("build", () => buildIfNeeded(environment, { say: detail, signal: run.signal }));
  const start = (name: string, args: string[], extra: Environment = {}) =>
    keepService(run, name, args, { ...environment, ...extra });
  await start("mail-catcher", [String(mailPort)]);
  for (let at = 1; at <= counts.workers; at += 1) await start("worker", [String(at)]);
  for (const [at, port] of ports.webs.entries()) {
    await start("web", [String(at + 1)], { PORT: String(port) });
  }
  const proxy = await startProxy(home, { port: ports.proxy, webs: ports.webs });
  run.onStop(() => proxy.stop());
  await step("all of it", () => waitUntilReady(url, { nginx: proxy.current() }, run.signal));

  writeFacts<ClusterFacts>(home, "cluster.json", {
    webs: ports.webs.map((port) => `http://127.0.0.1:${port}`),
  });
  writeUpFile(home, {
    url,
    databaseUrl: engines.siteDatabaseUrl,
    migrationDatabaseUrl: engines.databaseUrl,
    meiliUrl: engines.meiliUrl,
    meiliKeyFile: join(home, "meilisearch.key"),
  });
  run.onStop(() => removeUpFile(home));
}

/** The first node lies with Postgres, each other one in a folder of its own, all with one key. */
async function startNodes(home: string, run: Run): Promise<SomeEngines> {
  const first = await startSomeEngines({
    dataDir: home,
    postgres: true,
    meilisearch: true,
    say: console.log,
  });
  run.onStop(() => first.stop());
  const urls = [first.meiliUrl];
  for (let at = 2; at <= counts.nodes; at += 1) {
    const dataDir = openDataDir(join(home, `node-${at}`));
    copyFileSync(join(home, "meilisearch.key"), join(dataDir, "meilisearch.key"));
    const one = { dataDir, postgres: false, meilisearch: true, say: console.log };
    const node = await startSomeEngines(one);
    run.onStop(() => node.stop());
    urls.push(node.meiliUrl);
  }
  const { databaseUrl, siteDatabaseUrl, meiliMasterKey, stop } = first;
  return { databaseUrl, siteDatabaseUrl, meiliUrl: urls.join(","), meiliMasterKey, stop };
}

/** @param args stand at the end of its command line, for whoever looks for the process */
async function keepService(
  run: Run,
  name: string,
  args: string[],
  environment: Environment,
): Promise<Alive<ServiceProcess>> {
  const called = `${name} ${args.join(" ")}`;
  const start = async () => startService(name, args, environment);
  const service = await keepAlive(called, start, { say: console.log });
  run.onStop(() => service.stop());
  return service;
}

/** Below those that the machine gives to lines on their way out: free again when its owner is back. */
function ownPort(): Promise<number> {
  return freePort(randomInt(10_000, 30_000));
}
