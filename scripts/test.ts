import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onStop } from "./lifetime.ts";
import { checks, runCheck } from "./test/checks.ts";
import { runCluster } from "./test/cluster.ts";
import { runE2e } from "./test/e2e.ts";
import { runFaults } from "./test/faults.ts";
import { runImage } from "./test/image.ts";
import { runPromises } from "./test/promises.ts";
import { stopTools } from "./test/run-tool.ts";
import { inWords, type Outcome, sumUp, type Tally, table } from "./test/tally.ts";
import { runUpgrades } from "./test/upgrades.ts";
import { runVitest } from "./test/vitest.ts";
import { explain } from "./up/print.ts";

type Step = [name: string, run: (args: string[]) => Promise<Tally>];

const temp = mkdtempSync(join(tmpdir(), "parasol-tests-"));
const parts: Record<string, Step[]> = {
  checks: Object.entries(checks).map(([name, check]) => [name, () => runCheck(check)]),
  unit: [["unit", (args) => runVitest("unit", args, temp)]],
  integration: [["integration", (args) => runVitest("integration", args, temp)]],
  e2e: [["end to end", (args) => runE2e(args, temp)]],
  faults: [["faults", (args) => runFaults(args, temp)]],
  cluster: [["cluster", (args) => runCluster(args, temp)]],
  promises: [["promises", (args) => runPromises(args, temp)]],
  upgrades: [["upgrades", (args) => runUpgrades(args, temp)]],
};

/** Run by name alone: it installs all packages anew, from the registry, and takes minutes. */
const named: Record<string, Step[]> = {
  image: [["image", (args) => runImage(args, temp)]],
};

const [part, ...args] = process.argv.slice(2);
const steps = part === undefined ? Object.values(parts).flat() : { ...parts, ...named }[part];
if (steps === undefined) {
  console.error(
    `usage: npm test [-- ${Object.keys({ ...parts, ...named }).join(" | ")} [arguments of the runner]]`,
  );
  process.exit(2);
}

let stopped = false;
onStop(
  async () => {
    stopped = true;
    await stopTools();
    rmSync(temp, { recursive: true, force: true });
    return 130;
  },
  { graceMs: 60_000 },
);

const outcomes: Outcome[] = [];
for (const [name, run] of steps) {
  if (!stopped) outcomes.push(await timed(name, () => run(args)));
}
rmSync(temp, { recursive: true, force: true });
if (!stopped) report(outcomes);

/** A step that throws has failed; the steps after it run all the same. */
async function timed(name: string, run: () => Promise<Tally>): Promise<Outcome> {
  console.log(`\n== ${name}`);
  const started = performance.now();
  let tally: Tally = { passed: 0, failed: 1, skipped: 0 };
  try {
    tally = await run();
  } catch (error) {
    console.error(explain(error));
  }
  return { name, seconds: (performance.now() - started) / 1000, ...tally };
}

function report(outcomes: Outcome[]): void {
  const sum = sumUp(outcomes);
  console.log(`\n== summary\n${table(outcomes)}\n\n${inWords(sum)}`);
  process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;
}
