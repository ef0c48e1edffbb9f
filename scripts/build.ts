import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { buildGazetteer, gazetteerFile } from "#lib/places/build-gazetteer.ts";
import { buildCopyProgram } from "./build/copy-program.ts";
import { buildSiteAssets } from "./build/site-assets.ts";
import { root } from "./checkout.ts";
import { onStop } from "./lifetime.ts";

/** Everything `next build` needs is made first; then Next builds the routes. */
await Promise.all([buildSiteAssets(), buildCopyProgram(), buildGazetteer(gazetteerFile)]);
const next = spawn(process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
  cwd: root,
  stdio: "inherit",
});
onStop(() => next.kill());
const [code] = await once(next, "exit");
process.exitCode = code ?? 1;
