import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { type ChainCost, measureChain, printChainCost } from "./bench/chain-cost.ts";
import { drawChart } from "./bench/chart.ts";
import { type BenchDirectory, type BenchSite, openDirectory, openSite } from "./bench/directory.ts";
import { commonSearches } from "./bench/draw-searches.ts";
import { measureGrowth } from "./bench/growth.ts";
import { drawGrowth, printGrowth } from "./bench/growth-report.ts";
import { type Grown, growthWorks, prepareGrown } from "./bench/growth-works.ts";
import { measureLockWaits, printLockWaits } from "./bench/lock-waits.ts";
import { measureMemory } from "./bench/memory-run.ts";
import { type BenchOptions, readOptions } from "./bench/options.ts";
import { weighPage } from "./bench/page-weight.ts";
import { queueWorks, withQueues } from "./bench/queue-works.ts";
import { printMade, printReport, type Report } from "./bench/report.ts";
import { measureRounds } from "./bench/rounds.ts";
import { Stoppers } from "./bench/stoppers.ts";
import { pageOf } from "./bench/targets.ts";
import { root } from "./checkout.ts";
import { onStop } from "./lifetime.ts";
import { explain, step } from "./up/print.ts";

const stoppers = new Stoppers();
const stopping = new AbortController();
const { signal } = stopping;

onStop(
  async () => {
    stopping.abort();
    await stoppers.stopAll();
    return 130;
  },
  { graceMs: 40_000 },
);

try {
  const options = readOptions(process.argv.slice(2));
  if (options.chain) await benchChain(options);
  else if (options.locks) await benchLocks(options);
  else if (options.growth || options.queue) await benchGrowth(options);
  else await benchSite(options);
} catch (error) {
  if (!signal.aborted) console.error(explain(error));
  process.exitCode = 1;
}
if (!signal.aborted) await stoppers.stopAll();

async function benchSite(options: BenchOptions): Promise<void> {
  const report = await measure(options);
  printReport(report);
  const name = keep(report.at, report);
  writeFileSync(`${name}.svg`, drawChart(report.measured));
  console.log(`\nKept in ${name}.json\nChart:  ${name}.svg`);
  if (report.measured.some((each) => each.bad > 0)) process.exitCode = 1;
}

async function benchChain({ rounds }: BenchOptions): Promise<void> {
  const report = { at: new Date().toISOString(), machine: machine(), chain: [] as ChainCost[] };
  for (const durable of [true, false]) {
    const cost = await measureChain({ rounds, durable }, { stoppers, signal });
    printChainCost(cost);
    report.chain.push(cost);
  }
  console.log(`\nKept in ${keep(`${report.at}-chain`, report)}.json`);
}

async function benchGrowth(options: BenchOptions): Promise<void> {
  const loadBefore = loadavg()[0] ?? 0;
  const directories: Grown[] = [];
  for (const directory of await openAll(options)) directories.push(await prepareGrown(directory));
  const works = growthWorks.filter(
    ({ name, needsEngine }) =>
      (options.engine || !needsEngine) && (options.only === null || name.includes(options.only)),
  );
  const how = { rounds: options.rounds, signal };
  const growth = await (options.queue
    ? withQueues(directories, (all) => measureGrowth(all, queueWorks, how))
    : measureGrowth(directories, works, how));
  const report = {
    at: new Date().toISOString(),
    machine: { ...machine(), loadBefore, loadAfter: loadavg()[0] ?? 0 },
    directories: directories.map(({ therapists, made }) => ({ therapists, ...made })),
    growth,
  };
  printMade(report.directories);
  printGrowth(growth);
  const name = keep(`${report.at}-${options.queue ? "queue" : "growth"}`, report);
  writeFileSync(`${name}.svg`, drawGrowth(growth));
  console.log(`\nKept in ${name}.json\nChart:  ${name}.svg`);
}

async function benchLocks(options: BenchOptions): Promise<void> {
  const report = { at: new Date().toISOString(), machine: machine(), locks: [] as object[] };
  for (const directory of await openAll(options)) {
    const waits = await measureLockWaits(directory, signal);
    printLockWaits(directory.therapists, waits);
    report.locks.push({ therapists: directory.therapists, waits });
  }
  console.log(`\nKept in ${keep(`${report.at}-locks`, report)}.json`);
}

async function openAll({ sizes, kept, engine }: BenchOptions): Promise<BenchDirectory[]> {
  const directories: BenchDirectory[] = [];
  for (const therapists of sizes) {
    directories.push(await openDirectory(therapists, { kept, engine }, { stoppers, signal }));
  }
  return directories;
}

async function measure(options: BenchOptions): Promise<Report> {
  const loadBefore = loadavg()[0] ?? 0;
  const directories: BenchSite[] = [];
  for (const directory of await openAll(options)) {
    directories.push(await openSite(directory, { stoppers, signal }));
  }
  const measured = await step("measuring", () =>
    measureRounds(directories, options, { stoppers, signal }),
  );
  const [first] = directories;
  if (first === undefined) throw new Error("no size was given");
  const page = await weighPage(first.web.url, commonSearches(first.documents, 21).map(pageOf));
  const memory =
    options.memoryRequests === 0
      ? null
      : await step(`memory over ${options.memoryRequests.toLocaleString("en")} requests`, () =>
          measureMemory(first, options.memoryRequests, { stoppers, signal }),
        );
  return {
    at: new Date().toISOString(),
    machine: { ...machine(), loadBefore, loadAfter: loadavg()[0] ?? 0 },
    options,
    measured,
    directories: directories.map(({ therapists, made }) => ({ therapists, ...made })),
    page,
    memory,
  };
}

function machine() {
  return { cpus: cpus().length, model: cpus()[0]?.model ?? "unknown", node: process.version };
}

/** @returns the path of what was kept, without its ending */
function keep(title: string, report: object): string {
  const folder = join(root, "bench-results");
  mkdirSync(folder, { recursive: true });
  const name = join(folder, title.replaceAll(/[:.]/g, "-"));
  writeFileSync(`${name}.json`, `${JSON.stringify(report, null, 2)}\n`);
  return name;
}
