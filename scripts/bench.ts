import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { type ChainCost, measureChain, printChainCost } from "./bench/chain-cost.ts";
import { drawChart } from "./bench/chart.ts";
import { type BenchDirectory, openDirectory } from "./bench/directory.ts";
import { commonSearches } from "./bench/draw-searches.ts";
import { measureMemory } from "./bench/memory-run.ts";
import { type BenchOptions, readOptions } from "./bench/options.ts";
import { weighPage } from "./bench/page-weight.ts";
import { printReport, type Report } from "./bench/report.ts";
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
  await (options.chain ? benchChain(options) : benchSite(options));
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

async function measure(options: BenchOptions): Promise<Report> {
  const loadBefore = loadavg()[0] ?? 0;
  const directories: BenchDirectory[] = [];
  for (const therapists of options.sizes) {
    const dataDir = mkdtempSync(join(tmpdir(), "parasol-bench-"));
    directories.push(await openDirectory(therapists, dataDir, { stoppers, signal }));
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
    directories: directories.map(({ therapists, documents, seconds }) => ({
      therapists,
      documents: documents.length,
      seedingSeconds: seconds.seeding,
      indexSeconds: seconds.index,
      rawIngestionSeconds: seconds.rawIngestion,
    })),
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
