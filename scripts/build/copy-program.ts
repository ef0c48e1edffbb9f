import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../checkout.ts";
import { copyProgram } from "./built-files.ts";

/** Only what is drawn goes in: lib stays outside, so that it is the command's own. */
export async function buildCopyProgram(): Promise<void> {
  await build({
    entryPoints: [join(root, "app", "mirror", "write-copy.tsx")],
    outfile: copyProgram,
    bundle: true,
    platform: "node",
    format: "esm",
    jsx: "automatic",
    target: "node24",
    external: ["#lib/*", "#db/*"],
    packages: "external",
    logLevel: "warning",
  });
}
