import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { readerPaths } from "./reader-paths.ts";

for (const width of [360, 1280]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`no page has an axe violation at ${width} px, ${colorScheme}`, async ({ browser }) => {
      test.setTimeout(240_000);
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
      const page = await context.newPage();
      for (const path of readerPaths) {
        await page.goto(path);
        for (const summary of await page
          .locator("main details:not([open]) > summary:visible")
          .all()) {
          if (await summary.isVisible()) await summary.click();
        }
        const { violations } = await new AxeBuilder({ page })
          .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
          .analyze();
        expect(
          violations.map(({ id, nodes }) => `${path} ${id} ${nodes[0]?.html}`),
          path,
        ).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
          width,
        );
      }
      await context.close();
    });
  }
}

test("at 400 % zoom nothing is lost to the side", async ({ browser }) => {
  // 1280 px at 400 % is a viewport of 320 CSS pixels.
  const context = await browser.newContext({
    viewport: { width: 320, height: 256 },
    deviceScaleFactor: 4,
  });
  const page = await context.newPage();
  for (const path of readerPaths) {
    await page.goto(path);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth),
      path,
    ).toBeLessThanOrEqual(320);
  }
  await context.close();
});
