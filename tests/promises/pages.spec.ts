import { expect, test } from "@playwright/test";
import { planeOf } from "#lib/planes/rules.ts";
import { openLetterBox } from "../e2e/letter-box.ts";
import { type OwnWeb, startWeb } from "../e2e/own-web.ts";
import { profileOf } from "../e2e/personas.ts";
import { readerPaths } from "../e2e/reader/reader-paths.ts";
import { builtRoutes, pathsOf } from "../e2e/routes.ts";
import { site } from "../support/running-site.ts";
import { leftoversOf } from "./leftovers.ts";

test.skip(!site.dataDir, "needs the data folder of the site, as `npm test -- promises` gives it");

const persona = "marisol-listed-in-spanish";
const letters = [`${profileOf(persona)}/write`, "/replies", `${profileOf(persona)}/report?back=1`];
const sealing = letters.flatMap((path) => [path, `/es${path}`]);
const built = builtRoutes()
  .filter((route) => !route.startsWith("/api/"))
  .flatMap(pathsOf)
  .filter((path) => planeOf(path) === "reader");
const plain = [...new Set([...built, ...readerPaths])].filter((path) => !sealing.includes(path));

test.beforeAll(async () => {
  const box = await openLetterBox(persona);
  await box.giveKey();
  await box.sql.end();
});

for (const scripts of [true, false]) {
  test.describe(`with scripts ${scripts ? "on" : "off"}`, () => {
    test.use({ javaScriptEnabled: scripts });

    test("no reader page asks others, sends a script, or leaves anything", async ({ page }) => {
      test.setTimeout(240_000);
      expect(plain.length).toBeGreaterThan(60);
      for (const path of plain) {
        expect.soft(await leftoversOf(page, path, { scripts }), path).toEqual([]);
      }
    });

    test("pages of sealed letters run our own module and leave nothing either", async ({
      page,
    }) => {
      for (const path of sealing) {
        expect.soft(await leftoversOf(page, path, { scripts, letters: true }), path).toEqual([]);
        expect(await page.locator('script[src^="/assets/letters.js?v="]').count(), path).toBe(1);
      }
    });
  });
}

test.describe("control", () => {
  let web: OwnWeb;
  test.beforeAll(async () => {
    web = await startWeb(() => ({ NODE_OPTIONS: "--import=./tests/promises/spoiled-pages.ts" }));
  });
  test.afterAll(() => web?.stop());

  test("pages as others have them are found out, each sin by its name", async ({ page }) => {
    const path = `http://127.0.0.1:${web.port}/therapists`;
    const wrong = (await leftoversOf(page, path, { scripts: true })).join("\n");
    for (const sin of [
      /^asked http:\/\/127\.0\.0\.2:9\/pixel\.gif$/m,
      /^has a script$/m,
      /^\d+ bytes of \/spoiled\.js$/m,
      /^fetch of \/beacon$/m,
      /^set-cookie with \/therapists$/m,
      /^etag with \/therapists$/m,
      /^cookie seen$/m,
      /^storage of http/m,
      /^\d+ bytes kept$/m,
      /^session: 1$/m,
      /^local: 1$/m,
      /^caches: 1$/m,
      /^name: 1$/m,
    ]) {
      expect.soft(wrong).toMatch(sin);
    }
  });
});
