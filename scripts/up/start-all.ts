import { type Config, readConfig } from "#lib/config.ts";
import { SetupError } from "#lib/errors.ts";
import { twoHosts } from "#lib/planes/two-hosts.ts";
import { openDataDir } from "../engines/data-dir.ts";
import { freePort } from "../engines/free-port.ts";
import { BusyError, type SomeEngines, startSomeEngines } from "../engines/start-engines.ts";
import { waitForMeilisearch, waitForPostgres } from "../engines/wait-for-outside.ts";
import { type Alive, keepAlive } from "../keep-alive.ts";
import { buildIfNeeded } from "./build.ts";
import { runScript, type ServiceProcess, startService } from "./child.ts";
import {
  type Environment,
  environmentOf,
  isDemo,
  type Launch,
  ownerEnvironmentOf,
} from "./environment.ts";
import { choosePort, originOf } from "./port.ts";
import { detail, step } from "./print.ts";
import { waitUntilReady } from "./ready.ts";
import { removeUpFile, runningUp, writeUpFile } from "./up-file.ts";
import { restartOnChange } from "./watch.ts";

export interface Run {
  dev: boolean;
  signal: AbortSignal;
  /** What must be done at the end; the last one named is done first. */
  onStop: (stopper: () => unknown) => void;
}

/** The steps of `npm run up`, in order. @throws SetupError with words on what to do */
export async function startAll(run: Run): Promise<void> {
  const config = readConfig();
  const dataDir = openDataDir(config.DATA_DIR);
  refuseSecond(dataDir);
  const port = await choosePort(config, dataDir);
  const services: Alive<ServiceProcess>[] = [];
  const onMoved = () => Promise.all(services.map((service) => service.restart()));
  const engines = await step(
    engineStep(config),
    () => enginesFor(config, dataDir, onMoved, run),
    run.signal,
  );
  run.onStop(() => engines.stop());
  const catches = isDemo({ engines }) && !config.SMTP_URL;
  const mailPort = catches ? await freePort() : null;
  const launch: Launch = { config, dataDir, port, engines, dev: run.dev, mailPort };
  const environment = () => environmentOf(launch);
  await prepare(ownerEnvironmentOf(launch), run);
  if (!run.dev) {
    await step(
      "build of the site, when something changed",
      () => buildIfNeeded(environment(), { say: detail, signal: run.signal }),
      run.signal,
    );
  }
  if (mailPort !== null) {
    await step("mail server that delivers nothing", () => startCatcher(environment, mailPort, run));
  }
  const url = await step(
    "web and worker",
    () => startBoth(environment, services, config, run),
    run.signal,
  );
  writeUpFile(dataDir, {
    url,
    databaseUrl: engines.siteDatabaseUrl,
    migrationDatabaseUrl: engines.databaseUrl,
    meiliUrl: engines.meiliUrl,
    meiliKeyFile: engines.meiliUrl && `${dataDir}/meilisearch.key`,
  });
  run.onStop(() => removeUpFile(dataDir));
  announce(url, config, { demo: isDemo(launch), catches });
}

function engineStep(config: Config): string {
  const name = (part: string, given: unknown) => (given ? `${part} (yours)` : part);
  return `${name("Postgres", config.DATABASE_URL)} and ${name("Meilisearch", config.MEILI_URL)}`;
}

async function enginesFor(
  config: Config,
  dataDir: string,
  onMoved: () => unknown,
  { signal }: Run,
): Promise<SomeEngines> {
  const wanted = { postgres: !config.DATABASE_URL, meilisearch: !config.MEILI_URL };
  const engines = await startSomeEngines({ dataDir, ...wanted, say: console.log, onMoved }).catch(
    (error) => {
      if (!(error instanceof BusyError)) throw error;
      refuseSecond(dataDir);
      throw new SetupError(`${error.message}\n  Let it end first, or set another DATA_DIR.`);
    },
  );
  const wait = { say: detail, signal };
  try {
    if (config.DATABASE_URL) await waitForPostgres(config.DATABASE_URL, wait);
    if (config.MEILI_URL) await waitForMeilisearch(config.MEILI_URL, config.MEILI_MASTER_KEY, wait);
    signal.throwIfAborted();
    return engines;
  } catch (error) {
    await engines.stop();
    throw error;
  }
}

async function prepare(environment: Environment, { signal }: Run): Promise<void> {
  try {
    await runScript("scripts/up/prepare.ts", environment, { signal });
  } catch {
    signal.throwIfAborted();
    throw new SetupError(
      "The database could not be brought up to date; the reason is above.\n" +
        "  To begin again with an empty one, set another DATA_DIR.",
    );
  }
}

/** Mail of the demo is caught on this machine, at one address for as long as this runs. */
async function startCatcher(environment: () => Environment, port: number, run: Run): Promise<void> {
  const start = async () => startService("mail-catcher", [String(port)], environment());
  const catcher = await keepAlive("mail catcher", start, { say: console.log });
  run.onStop(() => catcher.stop());
  await catcher.current().listening;
}

async function startBoth(
  environment: () => Environment,
  services: Alive<ServiceProcess>[],
  config: Config,
  run: Run,
): Promise<string> {
  const startWorker = async () => startService("worker", [], besideWeb(environment()));
  const worker = await keepAlive("worker", startWorker, { say: console.log });
  services.push(worker);
  run.onStop(() => worker.stop());
  const web = await keepAlive("web", () => startWeb(environment(), run), { say: console.log });
  services.push(web);
  run.onStop(() => web.stop());
  if (run.dev) run.onStop(restartOnChange(worker));
  const url = originOf(config.HOST, await web.current().listening);
  await waitUntilReady(url, { worker: worker.current(), web: web.current() }, run.signal);
  return url;
}

/** Two processes cannot answer on one port: the worker's metrics are on the next one. */
function besideWeb(environment: Environment): Environment {
  const port = Number(environment.METRICS_PORT ?? 0);
  return port > 0 ? { ...environment, METRICS_PORT: String(port + 1) } : environment;
}

/** Counts as started when it listens; before that, its end is the failure of the start. */
async function startWeb(environment: Environment, { dev, signal }: Run): Promise<ServiceProcess> {
  const web = startService("web", dev ? ["--dev"] : [], environment);
  const giveUp = () => web.stop();
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    await web.listening;
    return web;
  } catch (error) {
    throw new SetupError(`web did not start: ${error}. Its own words are above.`);
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}

function refuseSecond(dataDir: string): void {
  const running = runningUp(dataDir);
  if (!running) return;
  throw new SetupError(
    `Parasol already runs on ${dataDir}: ${running.url} (process ${running.pid}).\n` +
      "  Stop it first, or set another DATA_DIR and PORT for a second one.",
  );
}

function announce(
  listening: string,
  config: Config,
  { demo, catches }: { demo: boolean; catches: boolean },
): void {
  const hosts = twoHosts(config);
  const url = hosts?.reader ?? listening;
  const staffUrl = hosts?.staff ?? listening;
  console.log(`\nParasol is at ${url}`);
  if (hosts) console.log(`and for staff at ${staffUrl}; both lead to ${listening}`);
  if (demo) {
    console.log("The directory is demo data: every person in it is invented. For example:");
    console.log(`  ${url}/therapists?region=US-CA&format=video&modality=emdr&language=es`);
    console.log(`  Sign in as lia-listed@parasol.example at ${staffUrl}/sign-in`);
  }
  if (catches)
    console.log(`  ${staffUrl}/demo/mails shows the mail it sends: none leaves this machine.`);
  console.log("Ctrl-C stops everything.\n");
}
