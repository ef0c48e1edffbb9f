import { expect, test } from "@playwright/test";
import { readerPaths } from "./reader-paths.ts";

for (const path of readerPaths) {
  test(`${path} asks for no script, no other host, and leaves nothing behind`, async ({
    page,
    context,
    baseURL,
  }) => {
    const asked: { url: string; type: string }[] = [];
    page.on("request", (request) =>
      asked.push({ url: request.url(), type: request.resourceType() }),
    );
    const answer = await page.goto(path);
    await page.waitForLoadState("networkidle");

    expect(
      asked.filter(({ type }) => ["script", "fetch", "xhr", "websocket"].includes(type)),
    ).toEqual([]);
    expect(asked.filter(({ url }) => !url.startsWith(baseURL ?? "")).map(({ url }) => url)).toEqual(
      [],
    );
    expect(await page.locator("script").count()).toBe(0);
    expect(await context.cookies()).toEqual([]);
    expect(await context.storageState()).toEqual({ cookies: [], origins: [] });

    const headers = answer?.headers() ?? {};
    expect(headers["set-cookie"]).toBeUndefined();
    expect(headers.etag).toBeUndefined();
    expect(headers["x-powered-by"]).toBeUndefined();
    expect(headers["cache-control"]).toBe("no-store");
    expect(headers["referrer-policy"]).toBe("same-origin");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers["content-security-policy"]).not.toContain("unsafe");
  });

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
  expect(sum(/^(document|stylesheet) /)).toBeLessThan(12_000);
});
