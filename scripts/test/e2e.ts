import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { SetupError } from "#lib/errors.ts";
import { findChromium } from "../../tests/support/chromium.ts";
import { stopChild } from "../engines/engine.ts";
import { removeDataDir } from "../engines/start-engines.ts";
import { runningUp } from "../up/up-file.ts";
import { ensureDebianPackages } from "./debian-packages.ts";
import { runTool, startScript } from "./run-tool.ts";
import { honest, type Tally } from "./tally.ts";

interface Report {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

/** Playwright against a site of its own: real engines, a free port, throw-away data. */
export async function runE2e(args: string[], temp: string): Promise<Tally> {
  await ensureChromium();
  const dataDir = join(temp, "data");
  const up = startScript("scripts/up.ts", { PORT: "0", DATA_DIR: dataDir });
  try {
    const url = await addressOf(up, dataDir);
    const output = join(temp, "e2e");
    const env = { PARASOL_URL: url, PARASOL_DATA_DIR: dataDir, PARASOL_E2E_OUTPUT: output };
    const code = await runTool("playwright", ["test", ...args], env);
    return honest(readReport(join(output, "report.json")), code);
  } finally {
    await stopChild(up, "SIGTERM", 40_000);
    removeDataDir(dataDir);
  }
}

/** Where a site that was just started can be reached. @throws SetupError when it ends before */
export async function addressOf(
  up: ReturnType<typeof startScript>,
  dataDir: string,
): Promise<string> {
  while (up.exitCode === null && up.signalCode === null) {
    const running = runningUp(dataDir);
    if (running) return running.url;
    await pause(100);
  }
  throw new SetupError("The site for the end-to-end tests did not start; its words are above.");
}

export async function ensureChromium(): Promise<void> {
  if (findChromium()) return;
  if ((await ensureDebianPackages(["chromium"])).length === 0 && findChromium()) return;
  if ((await runTool("playwright", ["install", "chromium"])) === 0) return;
  throw new SetupError(
    "There is no Chromium for the end-to-end tests.\n" +
      "  Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to one.",
  );
}

/** What Playwright wrote of its tests. */
export function readReport(path: string): Tally {
  if (!existsSync(path)) return { passed: 0, failed: 0, skipped: 0 };
  const { stats }: Report = JSON.parse(readFileSync(path, "utf8"));
  // A flaky test passed only when it was tried again: that is a failure.
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}
