import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stopChild } from "../engines/engine.ts";
import { removeDataDir } from "../engines/start-engines.ts";
import { addressOf, ensureChromium, readReport } from "./e2e.ts";
import { runTool, startScript, type Through } from "./run-tool.ts";
import { honest, type Tally } from "./tally.ts";

/**
 * The promises to readers, against a site of its own whose every file and word is in one folder.
 * Where the machine lets us, site and tests are alone on a network without a way out
 * (docs/decisions/0026).
 */
export async function runPromises(args: string[], temp: string): Promise<Tally> {
  await ensureChromium();
  const home = join(temp, "promises");
  const [dataDir, tmp, logs] = ["data", "tmp", "logs"].map((name) => join(home, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [dataDir, tmp, logs]) mkdirSync(folder, { recursive: true });
  // Engines that do not run as root keep their temporary files there as well.
  chmodSync(tmp, 0o1777);
  const away = noWayOut();
  const words = openSync(join(logs, "site.log"), "a");
  const setting = { PORT: "0", DATA_DIR: dataDir, TMPDIR: tmp };
  const up = startScript("scripts/up.ts", setting, { through: away, words });
  try {
    const url = await addressOf(up, dataDir).catch((error: unknown) => {
      console.error(readFileSync(join(logs, "site.log"), "utf8"));
      throw error;
    });
    const output = join(temp, "promises-report");
    const env = {
      PARASOL_URL: url,
      PARASOL_DATA_DIR: dataDir,
      PARASOL_HOME: home,
      PARASOL_E2E_OUTPUT: output,
      PARASOL_NO_WAY_OUT: away.length > 0 ? "1" : "0",
    };
    const beside = away.length > 0 ? ["nsenter", "-t", String(up.pid), "-n"] : [];
    const config = "tests/promises/playwright.config.ts";
    const code = await runTool("playwright", ["test", "-c", config, ...args], env, beside);
    return honest(readReport(join(output, "report.json")), code);
  } finally {
    await stopChild(up, "SIGTERM", 40_000);
    removeDataDir(dataDir);
  }
}

/** What starts a command on a network that has this machine's inside and nothing else. */
function noWayOut(): Through {
  const through = ["unshare", "-n", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"];
  const [command = "", ...rest] = through;
  const tried = spawnSync(command, [...rest, "true"], { encoding: "utf8" });
  if (tried.status === 0) return through;
  const why = tried.error?.message ?? tried.stderr.trim();
  console.log(`No network of its own here (${why}): what leaves the machine is not counted.`);
  return [];
}
