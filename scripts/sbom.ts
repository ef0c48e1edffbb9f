import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./checkout.ts";
import { makeBill } from "./sbom/make-bill.ts";
import { explain } from "./up/print.ts";

const usage = `usage: npm run sbom [-- --omit dev] [--output file]
  Writes what Parasol is made of, by the lock, as CycloneDX JSON. --omit dev: only what is served.`;

const asked = optionsOf(process.argv.slice(2));
if (asked === "help") console.log(usage);
else if (asked === null) {
  console.error(usage);
  process.exitCode = 2;
} else writeBill(asked);

type Options = { withDev: boolean; output: string };

function optionsOf(args: string[]): Options | "help" | null {
  const text = { type: "string" } as const;
  try {
    const { values } = parseArgs({
      args,
      options: { omit: text, output: text, help: { type: "boolean" } },
    });
    if (values.help) return "help";
    if (values.omit !== undefined && values.omit !== "dev") return null;
    return { withDev: values.omit === undefined, output: values.output ?? "sbom.cdx.json" };
  } catch {
    return null;
  }
}

function writeBill({ withDev, output }: Options): void {
  try {
    const { text, format, components } = makeBill(root, { withDev });
    const path = resolve(output);
    writeFileSync(path, text);
    console.log(`${format}, ${components} components: ${path}`);
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}
