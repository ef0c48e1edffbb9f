import { root } from "../checkout.ts";
import { checkBoundaries } from "./boundaries.ts";
import { runTool } from "./run-tool.ts";
import type { Tally } from "./tally.ts";

/** Each check counts as one test. */
export const checks: Record<string, () => Promise<boolean>> = {
  "format and lint": async () => (await runTool("biome", ["ci", "."])) === 0,
  types: async () =>
    (await runTool("next", ["typegen"])) === 0 && (await runTool("tsc", ["--noEmit"])) === 0,
  boundaries: async () => {
    const { modules, violations } = await checkBoundaries(root);
    for (const line of violations) console.error(`  ${line}`);
    console.log(`${modules} modules read, ${violations.length} violations`);
    return violations.length === 0;
  },
  "dead code": async () => (await runTool("knip", [])) === 0,
};

export async function runCheck(check: () => Promise<boolean>): Promise<Tally> {
  const good = await check();
  return { passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0 };
}
