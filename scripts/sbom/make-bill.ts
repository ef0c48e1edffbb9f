import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { SetupError } from "#lib/errors.ts";
import type { Lock } from "../test/supply-chain.ts";

export interface Bill {
  text: string;
  /** Such as `CycloneDX 1.5`. */
  format: string;
  components: number;
}

/** What we rely on of it; the rest goes through as npm says it. */
const reference = z.string();
const shape = z.looseObject({
  bomFormat: z.literal("CycloneDX"),
  specVersion: z.string().refine((version) => Number(version) >= 1.5),
  metadata: z.looseObject({
    component: z.looseObject({ "bom-ref": reference, name: z.string() }),
  }),
  components: z
    .array(z.looseObject({ "bom-ref": reference }))
    .min(1)
    .max(100_000),
  dependencies: z
    .array(z.looseObject({ ref: reference, dependsOn: z.array(reference).max(100_000) }))
    .max(100_000),
});

/**
 * The bill of materials by npm's own `npm sbom`, from the lock alone: nothing is asked of anyone.
 * Without what is for development it is what `npm ci --omit dev` installs. npm's own `--omit dev`
 * also leaves out what is served and needed for development besides, such as zod.
 * @throws SetupError when npm gives none, or not the one we know
 */
export function makeBill(root: string, { withDev }: { withDev: boolean }): Bill {
  const parsed = shape.safeParse(readJson(runNpm(root)));
  if (!parsed.success) {
    throw new SetupError(
      "npm made no CycloneDX 1.5 or newer.\n  npm --version  should be 10.5 or above.",
    );
  }
  const bill = parsed.data;
  // npm calls it by its folder.
  bill.metadata.component.name = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).name;
  if (!withDev) {
    const kept = served(root).add(bill.metadata.component["bom-ref"]);
    bill.components = bill.components.filter((component) => kept.has(component["bom-ref"]));
    bill.dependencies = bill.dependencies
      .filter(({ ref }) => kept.has(ref))
      .map((one) => ({ ...one, dependsOn: one.dependsOn.filter((ref) => kept.has(ref)) }));
  }
  return {
    text: `${JSON.stringify(bill, null, 2)}\n`,
    format: `${bill.bomFormat} ${bill.specVersion}`,
    components: bill.components.length,
  };
}

/** What the lock does not mark as for development alone, as `name@version`. */
function served(root: string): Set<string> {
  const { packages }: Lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const entries = Object.entries(packages).filter(([path, { dev }]) => path !== "" && !dev);
  return new Set(
    entries.map(([path, { version }]) => `${path.split("node_modules/").pop()}@${version}`),
  );
}

/** The npm that runs us, when it does. */
function runNpm(cwd: string): string {
  const args = [
    "sbom",
    "--sbom-format=cyclonedx",
    "--sbom-type=application",
    "--package-lock-only",
  ];
  const { npm_execpath: cli = "" } = process.env;
  const own = basename(cli) === "npm-cli.js";
  const options = { cwd, encoding: "utf8", maxBuffer: 100_000_000 } as const;
  const { error, status, stdout, stderr } = own
    ? spawnSync(process.execPath, [cli, ...args], options)
    : spawnSync("npm", args, options);
  if (status === 0) return stdout;
  throw new SetupError(`npm sbom failed: ${error?.message ?? stderr.trim()}`);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
