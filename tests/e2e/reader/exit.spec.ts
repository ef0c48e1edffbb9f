import { expect, test } from "@playwright/test";
import { profileOf } from "../personas.ts";

/** Each kind of page that someone without an account can meet. */
const pages = [
  "/",
  "/therapists",
  "/therapists?s=nonsense",
  profileOf("lia-listed"),
  `${profileOf("lia-listed")}/card`,
  `${profileOf("lia-listed")}/contact`,
  "/compare",
  "/leave-fast",
  "/sign-in",
  "/demo/mails",
  "/account/settings",
  "/moderation",
  "/confirm/no-such-token",
  "/no-such-page",
].flatMap((path) => [path, path === "/" ? "/es" : `/es${path}`]);

/** The narrowest phone; and 1280 by 720 at 400 %. */
const viewports = [
  { width: 320, height: 640, scale: 1 },
  { width: 320, height: 180, scale: 4 },
];

for (const javaScriptEnabled of [true, false]) {
  for (const { width, height, scale } of viewports) {
    test(`the way out is first and in sight at ${width} x ${height}, scripts ${javaScriptEnabled ? "on" : "off"}`, async ({
      browser,
    }) => {
      test.setTimeout(90_000);
      const context = await browser.newContext({
        javaScriptEnabled,
        viewport: { width, height },
        deviceScaleFactor: scale,
      });
      const page = await context.newPage();
      for (const path of pages) {
        await page.goto(path);
        const exit = page.getByRole("link", { name: /^(Leave this site|Salir de este sitio)$/ });
        await expect(exit, path).toBeInViewport({ ratio: 1 });
        await page.keyboard.press("Tab");
        await expect(exit, path).toBeFocused();
        await page.keyboard.press("End");
        await expect(exit, path).toBeInViewport({ ratio: 1 });
        // Nothing lies over it: a click that would land is what a trial waits for.
        await exit.click({ trial: true });
        const box = await exit.boundingBox();
        expect(Math.min(box?.width ?? 0, box?.height ?? 0), path).toBeGreaterThanOrEqual(24);
      }
      await context.close();
    });
  }
}

test("it goes elsewhere in one step, without saying where from", async ({ page, context }) => {
  await page.goto(profileOf("lia-listed"));
  const exit = page.getByRole("link", { name: "Leave this site" });
  const target = (await exit.getAttribute("href")) ?? "";
  const asked = new Promise<Record<string, string>>((resolve) =>
    context.route(`${target}**`, async (route) => {
      resolve(await route.request().allHeaders());
      await route.fulfill({ contentType: "text/html", body: "<title>Elsewhere</title>" });
    }),
  );
  await exit.click();
  await expect(page).toHaveTitle("Elsewhere");
  expect(Object.keys(await asked)).not.toContain("referer");
  expect(new URL(target).host).not.toMatch(/sex|therap|health/);
});

test("the help says what it does not do, and is linked from every page's foot", async ({
  page,
}) => {
  await page.goto("/no-such-page");
  await page.getByRole("contentinfo").getByRole("link", { name: "Leave fast" }).click();
  await expect(page.getByRole("region", { name: "What it does not do" })).toContainText(
    "It does not erase your history.",
  );
  await page.goto("/es/leave-fast");
  await expect(page.getByRole("region", { name: "Qué no hace" })).toContainText(
    "No borra tu historial.",
  );
});
