import { existsSync } from "node:fs";
import { join } from "node:path";
import { cruise, type ICruiseOptions, type ICruiseResult } from "dependency-cruiser";
import configuration from "../../.dependency-cruiser.mjs";
import { domainCircles } from "./domain-circles.ts";

const layers = ["app", "components", "lib", "db"];
const alsoRead = ["scripts", "tests"];
const vagueName =
  /^(app|components|lib|db|tests)\/(.*\/)?(utils?|helpers?|services?|types?|managers?)(\.tsx?$|\/)/;
const isOurs = /^(app|components|lib|db|scripts|tests)\/.*\.[mc]?[jt]sx?$/;
const barrel = /^(app|components|lib|db)\/(.*\/)?index\.tsx?$/;

export interface Boundaries {
  modules: number;
  /** One line each: the rule, who breaks it, with what. */
  violations: string[];
}

/**
 * Reads every module of the tree and holds it against the one-way rule.
 * @throws when a layer has no module: a checker that reads nothing finds nothing
 */
export async function checkBoundaries(root: string): Promise<Boundaries> {
  const { forbidden, options } = configuration;
  const cruiseOptions = { ...options, baseDir: root, validate: true, ruleSet: { forbidden } };
  const folders = [...layers, ...alsoRead].filter((folder) => existsSync(join(root, folder)));
  const { output } = await cruise(folders, cruiseOptions as ICruiseOptions);
  const { modules, summary } = output as ICruiseResult;
  const ours = modules.map(({ source }) => source).filter((path) => isOurs.test(path));
  for (const layer of layers) {
    if (!ours.some((path) => path.startsWith(`${layer}/`))) {
      throw new Error(`The boundary check read no module of ${layer}/: it proves nothing.`);
    }
  }
  const violations = summary.violations.map(
    ({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`,
  );
  const imports = modules.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved }) => ({ from: source, to: resolved })),
  );
  for (const line of domainCircles(imports)) violations.push(`no-circles-between-domains: ${line}`);
  for (const path of ours) {
    if (vagueName.test(path)) violations.push(`say-what-it-is: ${path}`);
    if (barrel.test(path)) violations.push(`no-barrels: ${path}`);
  }
  return { modules: ours.length, violations };
}
