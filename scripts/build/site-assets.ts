import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "../checkout.ts";
import { drawUsStates } from "./draw-us-states.ts";

const require = createRequire(import.meta.url);
const assets = join(root, "public", "assets");

const fonts = [
  "@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-400-normal.woff2",
  "@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-700-normal.woff2",
  "@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff2",
];

/** Of `app/browser`: pages with an account, those where letters are sealed or opened, and a worker. */
const scripts = ["account", "inbox", "letters", "proof-worker"];

/** Of `app/styles`: what readers fetch, and the whole for pages with an account. */
const sheets = ["site", "account"];

const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#a81f2b" d="M2 17C3 8 9 3 16 3s13 5 14 14c-2-2-5-2-7 0-2-2-5-2-7 0-2-2-5-2-7 0-2-2-5-2-7 0Z"/><path fill="none" stroke="#8a7a6c" stroke-width="2" stroke-linecap="round" d="M16 17v9c0 4 6 4 6 0M16 3V1"/></svg>`;

/** Writes what browsers fetch beside the pages: stylesheets, scripts, fonts, the mark and the map. */
export async function buildSiteAssets(): Promise<void> {
  await mkdir(join(assets, "fonts"), { recursive: true });
  await build({
    entryPoints: sheets.map((name) => join(root, "app", "styles", `${name}.css`)),
    outdir: assets,
    bundle: true,
    minify: true,
    external: ["fonts/*"],
    target: ["chrome120", "firefox121", "safari17.2"],
    logLevel: "warning",
  });
  await build({
    entryPoints: scripts.map((name) => join(root, "app", "browser", `${name}.ts`)),
    outdir: assets,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["chrome120", "firefox121", "safari17.2"],
    logLevel: "warning",
  });
  for (const font of fonts) {
    await copyFile(require.resolve(font), join(assets, "fonts", font.split("/").at(-1) ?? font));
  }
  await writeFile(join(assets, "mark.svg"), mark);
  await writeFile(join(assets, "us-states.svg"), drawUsStates());
  const built = [...sheets.map((name) => `${name}.css`), ...scripts.map((name) => `${name}.js`)];
  const texts = ["mark.svg", "us-states.svg", ...built];
  await Promise.all(texts.map(writeCompressed));
}

/** Beside each text file, the copies that browsers ask for; made once, and as small as they get. */
async function writeCompressed(name: string): Promise<void> {
  const path = join(assets, name);
  const bytes = await readFile(path);
  await writeFile(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  await writeFile(`${path}.br`, brotliCompressSync(bytes));
}
