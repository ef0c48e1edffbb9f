import { expect, type Page } from "@playwright/test";
import { practiceStatements } from "#lib/reference/queries.ts";

export const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();
export const saved = (page: Page) =>
  expect(page.getByRole("status").first()).toContainText("Saved.");

/** Says yes to every question that a listing needs. */
export async function answerCore(page: Page): Promise<void> {
  await page.goto("/account/profile/practice");
  for (const { id, core } of practiceStatements()) {
    if (!core) continue;
    await page.locator(`input[name="answer-${id}"][value="yes"]`).check();
    await page.locator(`#words-${id}`).fill("I ask first, and I write down only what helps you.");
  }
  await save(page);
  await saved(page);
}

/** Hands the profile to the moderators. */
export async function sendProfile(page: Page): Promise<void> {
  await page.goto("/account/profile/preview");
  await page.getByRole("checkbox", { name: /Yes, list me/ }).check();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("status").first()).toContainText("Sent.");
}
