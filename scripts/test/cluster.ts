import { chmodSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stopChild } from "../engines/engine.ts";
import { removeDataDir } from "../engines/start-engines.ts";
import { ensureDebianPackages } from "./debian-packages.ts";
import { addressOf, ensureChromium, readReport } from "./e2e.ts";
import { printTable } from "./faults.ts";
import { runTool, startScript } from "./run-tool.ts";
import { honest, type Tally } from "./tally.ts";

/**
 * A site of many processes behind a proxy: each is killed while people are at it. Ends with one table.
 */
export async function runCluster(args: string[], temp: string): Promise<Tally> {
  const missing = await ensureDebianPackages(["nginx", "pgbouncer"]);
  if (missing.length > 0) {
    console.log(`Not tried here: no ${missing.join(" and no ")}. Debian: apt-get install them.`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  await ensureChromium();
  const home = join(temp, "cluster");
  const dataDir = join(home, "data");
  mkdirSync(dataDir, { recursive: true });
  // Engines that do not run as root have to get through.
  for (const folder of [temp, home]) chmodSync(folder, 0o711);
  const words = join(home, "site.log");
  const script = "scripts/test/cluster/hold-cluster.ts";
  const site = startScript(script, { DATA_DIR: dataDir }, { words: openSync(words, "a") });
  try {
    const url = await addressOf(site, dataDir).catch((error: unknown) => {
      console.error(readFileSync(words, "utf8"));
      throw error;
    });
    const output = join(temp, "cluster-report");
    const env = {
      PARASOL_URL: url,
      PARASOL_DATA_DIR: dataDir,
      PARASOL_HOME: home,
      PARASOL_E2E_OUTPUT: output,
    };
    const config = "tests/cluster/playwright.config.ts";
    const code = await runTool("playwright", ["test", "-c", config, ...args], env);
    if (code !== 0) console.error(readFileSync(words, "utf8"));
    printTable(join(home, "cluster.jsonl"));
    return honest(readReport(join(output, "report.json")), code);
  } finally {
    await stopChild(site, "SIGTERM", 60_000);
    removeDataDir(dataDir);
  }
}
