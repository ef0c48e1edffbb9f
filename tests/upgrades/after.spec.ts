import { expect, test } from "@playwright/test";
import { signIn } from "../e2e/sign-in.ts";

/** What the release before wrote on the new schema, read by this one (scripts/test/upgrades.ts). */
const moderator = process.env.PARASOL_OLD_SESSION ?? "";

test("readers find whom they found", async ({ request }) => {
  const profiles = new Set<string>();
  for (const page of [1, 2, 3]) {
    const html = await (await request.get(`/therapists?page=${page}`)).text();
    for (const [, path = ""] of html.matchAll(/href="(\/therapists\/[^"?#/]+)"/g)) {
      profiles.add(path);
    }
  }
  expect(profiles.size).toBeGreaterThan(20);
  for (const path of profiles) expect((await request.get(path)).status(), path).toBe(200);
});

test("a therapist reads what they wrote and what was decided, and writes on", async ({ page }) => {
  await signIn(page, "dana-draft@parasol.example");
  await page.goto("/account/decisions");
  await expect(page.getByText("All of it is as you said.")).toBeVisible();
  await page.goto("/account/profile/practice");
  const words = page.locator('textarea[id^="words-"]').first();
  await expect(words).toHaveValue("I ask first, and I write down only what helps you.");
  await page.goto("/account/profile/basics");
  await page.getByLabel("One line in your own words").fill("Written after the upgrade.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("status").first()).toContainText("Saved.");
});

test.describe("a moderator's session from before", () => {
  test.use({ storageState: moderator });

  test("still holds, and shows what was sealed before", async ({ page }) => {
    await page.goto("/moderation?kind=complaint");
    await page.getByRole("link", { name: "Dana Colbeck" }).click();
    await expect(page.getByText("Someone told us of harm.").first()).toBeVisible();
    for (const path of ["/moderation", "/moderation/playbooks", "/moderation/registers"]) {
      expect((await page.goto(path))?.status(), path).toBe(200);
    }
  });
});
