import { expect, test } from "@playwright/test";
import { readerPaths } from "./reader-paths.ts";

for (const path of readerPaths) {
  test(`${path} has a neutral title and a way out, first of all`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(path);
    const head = await page.locator("head").innerHTML();
    expect(head).not.toMatch(/sex|escort|porn|worker|trabajo sexual/i);
    const exit = page.getByRole("link", { name: /Leave this site|Salir de este sitio/ });
    await expect(exit).toBeInViewport();
    await page.keyboard.press("Tab");
    await expect(exit).toBeFocused();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      320,
    );
  });
}

test("fonts and styles are small enough for a slow phone", async ({ page }) => {
  const sizes = new Map<string, number>();
  page.on("requestfinished", async (request) => {
    const { responseBodySize } = await request.sizes();
    sizes.set(`${request.resourceType()} ${request.url()}`, responseBodySize);
  });
  await page.goto("/therapists?region=US-CA&modality=emdr");
  await page.waitForLoadState("networkidle");
  const sum = (types: RegExp) =>
    [...sizes].filter(([name]) => types.test(name)).reduce((total, [, size]) => total + size, 0);
  expect(sum(/^font /)).toBeLessThan(60_000);
  // A page of 20 results with its facets, compressed by gzip.
  expect(sum(/^(document|stylesheet) /)).toBeLessThan(14_000);
});
