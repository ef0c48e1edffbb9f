import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stopChild } from "../engines/engine.ts";
import { removeDataDir } from "../engines/start-engines.ts";
import { addressOf, ensureChromium, readReport } from "./e2e.ts";
import { runTool, startScript } from "./run-tool.ts";
import { honest, type Tally } from "./tally.ts";

/** Room for both engines of the demo, and little more. */
const diskSize = "1536m";

/**
 * Parts of a running site are killed, frozen, filled and set off, while people are at it. Ends with
 * one table.
 */
export async function runFaults(args: string[], temp: string): Promise<Tally> {
  await ensureChromium();
  const home = join(temp, "faults");
  const dataDir = join(home, "data");
  mkdirSync(dataDir, { recursive: true });
  // Engines that do not run as root have to get through, or they would lie on another disk.
  for (const folder of [temp, home]) chmodSync(folder, 0o711);
  const smallDisk = mountSmallDisk(dataDir);
  const clock = join(home, "clock");
  const words = openSync(join(home, "site.log"), "a");
  const preload = "--import=./tests/faults/clock.ts";
  const setting = { PORT: "0", DATA_DIR: dataDir, PARASOL_CLOCK: clock, NODE_OPTIONS: preload };
  const up = startScript("scripts/up.ts", setting, { words });
  try {
    const url = await addressOf(up, dataDir).catch((error: unknown) => {
      console.error(readFileSync(join(home, "site.log"), "utf8"));
      throw error;
    });
    const output = join(temp, "faults-report");
    const env = {
      PARASOL_URL: url,
      PARASOL_DATA_DIR: dataDir,
      PARASOL_HOME: home,
      PARASOL_E2E_OUTPUT: output,
      PARASOL_SMALL_DISK: smallDisk ? "1" : "0",
    };
    const config = "tests/faults/playwright.config.ts";
    const code = await runTool("playwright", ["test", "-c", config, ...args], env);
    if (code !== 0) console.error(readFileSync(join(home, "site.log"), "utf8"));
    printTable(join(home, "faults.jsonl"));
    return honest(readReport(join(output, "report.json")), code);
  } finally {
    await stopChild(up, "SIGTERM", 40_000);
    if (smallDisk) spawnSync("umount", ["--lazy", dataDir]);
    removeDataDir(dataDir);
  }
}

/** A disk of its own that can be filled, where the machine lets us. */
function mountSmallDisk(folder: string): boolean {
  const options = ["-t", "tmpfs", "-o", `size=${diskSize},mode=0755`, "tmpfs", folder];
  const tried = spawnSync("mount", options, { encoding: "utf8" });
  if (tried.status === 0) return true;
  const why = tried.error?.message ?? tried.stderr.trim();
  console.log(`No disk of its own here (${why}): a full one is not tried.`);
  return false;
}

export function printTable(path: string): void {
  if (!existsSync(path)) return;
  const rows = readFileSync(path, "utf8").trim().split("\n");
  console.table(rows.map((row) => JSON.parse(row)));
}
