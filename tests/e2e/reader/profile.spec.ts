import { expect, test } from "@playwright/test";
import { profileOf } from "../personas.ts";

const aProfile = "/therapists?region=US-CA&format=video&modality=emdr";

test.beforeEach(async ({ page }) => {
  await page.goto(aProfile);
  await page.getByRole("article").first().getByRole("link").first().click();
});

test("sections come in the order in which a reader needs them", async ({ page }) => {
  await expect(page.getByRole("heading", { level: 2 })).toHaveText([
    "Can they see you?",
    "How they work with sex workers",
    "What they did to learn",
    "Before you tell them anything",
    "What we checked",
    /^About /,
  ]);
});

test("contact details are behind a step, and in no page before it", async ({ page, request }) => {
  const profile = await (await request.get(page.url())).text();
  expect(profile).not.toMatch(/mailto:|tel:|@[\w-]+\.example/);
  await page.getByRole("link", { name: "Show ways to reach them" }).click();
  expect(await page.content()).not.toMatch(/mailto:|tel:/);
  await page.getByRole("button", { name: /^Show ways to reach/ }).click();
  await expect(page.getByRole("main").locator("dd a").first()).toBeVisible();
});

test("it prints on one sheet, without a telling name", async ({ page }) => {
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("banner")).toBeHidden();
  const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});

test("nobody whom readers may not see has a page", async ({ page }) => {
  const hidden = [
    "sam-suspended",
    "paul-paused",
    "pat-pending",
    "stella-stale",
    "xena-expired",
    "remy-removed",
  ];
  for (const persona of hidden) {
    const answer = await page.goto(profileOf(persona));
    expect(answer?.status(), persona).toBe(404);
  }
  await expect(page.getByRole("heading", { name: "We cannot find that page" })).toBeVisible();
  await page.getByRole("link", { name: "Search for a therapist" }).click();
  await expect(page.getByRole("status")).toBeVisible();
});
