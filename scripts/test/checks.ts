import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readMigrations } from "#db/read-migrations.ts";
import { releases } from "#db/releases.ts";
import { root } from "../checkout.ts";
import { checkBoundaries } from "./boundaries.ts";
import { sourceProblems, versionProblems } from "./floors.ts";
import { migrationProblems } from "./migrations/migration-problems.ts";
import { runTool } from "./run-tool.ts";
import { type Lock, supplyProblems } from "./supply-chain.ts";
import type { Tally } from "./tally.ts";

/** Each check counts as one test. */
export const checks: Record<string, () => Promise<boolean>> = {
  "format and lint": async () => (await runTool("biome", ["ci", "."])) === 0,
  types: async () =>
    (await runTool("next", ["typegen"])) === 0 && (await runTool("tsc", ["--noEmit"])) === 0,
  boundaries: async () => {
    const { modules, violations } = await checkBoundaries(root);
    return report(`${modules} modules read`, violations);
  },
  "dead code": async () => (await runTool("knip", [])) === 0,
  "supply chain": async () => {
    const lock: Lock = JSON.parse(read("package-lock.json"));
    const { allowScripts } = JSON.parse(read("package.json"));
    const count = Object.keys(lock.packages).length - 1;
    return report(`${count} locked packages read`, supplyProblems(lock, allowScripts));
  },
  migrations: async () => {
    const migrations = readMigrations();
    return report(
      `${migrations.length} migrations read`,
      migrationProblems(migrations, releases()),
    );
  },
  floors: async () => {
    const sources = globSync("{app,components,db,lib}/**/*.{ts,tsx}", { cwd: root })
      .filter((path) => !/\.test\.tsx?$/.test(path))
      .concat("next.config.js");
    const used = sources.flatMap((path) => sourceProblems(path, read(path)));
    const old = versionProblems(JSON.parse(read("package-lock.json")));
    return report(`${sources.length} sources read`, [...old, ...used]);
  },
};

function report(read: string, problems: readonly string[]): boolean {
  for (const line of problems) console.error(`  ${line}`);
  console.log(`${read}, ${problems.length} violations`);
  return problems.length === 0;
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

export async function runCheck(check: () => Promise<boolean>): Promise<Tally> {
  const good = await check();
  return { passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0 };
}
