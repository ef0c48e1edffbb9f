import { existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lastRelease } from "#db/releases.ts";
import { root } from "../checkout.ts";
import { stopChild } from "../engines/engine.ts";
import { removeDataDir } from "../engines/start-engines.ts";
import { runningUp } from "../up/up-file.ts";
import { addressOf, ensureChromium, readReport } from "./e2e.ts";
import { runTool, startScript } from "./run-tool.ts";
import { honest, type Tally } from "./tally.ts";
import { takeRelease, whyNot } from "./upgrades/take-release.ts";

/** What its people do, by its own tests: reading, signing in, saving, checking, deciding. */
const journeys = ["reader/search", "reader/profile", "moderator/journey"];
/** What says nothing of a schema, and takes long. */
const others = ["--grep-invert", "are accessible|by keyboard"];

/**
 * The last release on the schema of this one (docs/decisions/0027): its site makes a database, this
 * checkout migrates it under it, it starts again on what it knows nothing of, and its own tests walk
 * through it. Then this checkout serves what was written meanwhile.
 */
export async function runUpgrades(_args: string[], temp: string): Promise<Tally> {
  const release = lastRelease();
  const missing = whyNot(release);
  if (missing) {
    console.log(missing);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  await ensureChromium();
  const home = join(temp, "upgrades");
  const dataDir = join(home, "data");
  mkdirSync(dataDir, { recursive: true });
  const old = join(home, `release-${release.version}`);
  takeRelease(release, old);
  const site = new Site(home, dataDir);
  try {
    await site.start(old);
    await migrate(dataDir);
    await site.restart(old);
    const before = await site.walk(old, [...journeys, ...others]);
    const tally = before.failed > 0 ? before : added(before, await afterwards(site, home));
    return added(tally, site.judge());
  } finally {
    await site.stop();
    removeDataDir(dataDir);
  }
}

/** By this checkout, while the release before serves. */
async function migrate(dataDir: string): Promise<void> {
  const up = runningUp(dataDir);
  const env = {
    DATA_DIR: dataDir,
    DATABASE_URL: up?.databaseUrl ?? "",
    MIGRATION_DATABASE_URL: up?.migrationDatabaseUrl ?? "",
  };
  const preparing = startScript("scripts/up/prepare.ts", env);
  await new Promise((resolve) => preparing.once("exit", resolve));
  if (preparing.exitCode !== 0) throw new Error("the database could not be migrated; see above");
}

async function afterwards(site: Site, home: string): Promise<Tally> {
  await site.restart(root);
  const session = join(home, "release-report/staff/mo-moderator.json");
  return site.walk(root, ["-c", "tests/upgrades/playwright.config.ts"], {
    PARASOL_OLD_SESSION: session,
  });
}

/** One data folder, and the site of one tree after the other on it. */
class Site {
  readonly #home: string;
  readonly #dataDir: string;
  readonly #answers: string;
  readonly #words: string;
  #up: ReturnType<typeof startScript> | undefined;

  constructor(home: string, dataDir: string) {
    this.#home = home;
    this.#dataDir = dataDir;
    this.#answers = join(home, "answers");
    this.#words = join(home, "site.log");
  }

  async start(tree: string): Promise<string> {
    const count = join(root, "tests/upgrades/count-answers.ts");
    const env = {
      PORT: "0",
      DATA_DIR: this.#dataDir,
      PARASOL_ANSWERS: this.#answers,
      NODE_OPTIONS: `--import=${count}`,
    };
    const words = openSync(this.#words, "a");
    this.#up = startScript("scripts/up.ts", env, { words, tree });
    return addressOf(this.#up, this.#dataDir).catch((error: unknown) => {
      console.error(readFileSync(this.#words, "utf8"));
      throw error;
    });
  }

  async stop(): Promise<void> {
    if (this.#up) await stopChild(this.#up, "SIGTERM", 40_000);
  }

  async restart(tree: string): Promise<void> {
    await this.stop();
    await this.start(tree);
  }

  /** Runs tests of a tree against the site that is up. */
  async walk(tree: string, args: string[], extra: Record<string, string> = {}): Promise<Tally> {
    const output = join(this.#home, tree === root ? "own-report" : "release-report");
    const env = {
      PARASOL_URL: runningUp(this.#dataDir)?.url ?? "",
      PARASOL_DATA_DIR: this.#dataDir,
      PARASOL_E2E_OUTPUT: output,
      ...extra,
    };
    const code = await runTool("playwright", ["test", ...args], env, [], tree);
    return honest(readReport(join(output, "report.json")), code);
  }

  /** No answer failed, and enough were counted for that to mean something. */
  judge(): Tally {
    const answers = existsSync(this.#answers) ? readFileSync(this.#answers, "utf8") : "";
    const all = answers.split("\n").filter(Boolean);
    const failed = all.filter((line) => line.startsWith("5"));
    for (const line of failed.slice(0, 10)) console.error(`  answered ${line}`);
    console.log(`${all.length} answers, ${failed.length} of them 5xx`);
    const good = all.length > 100 && failed.length === 0;
    if (!good) console.error(readFileSync(this.#words, "utf8").slice(-8_000));
    return { passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0 };
  }
}

function added(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}
