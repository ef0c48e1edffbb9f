import { expect, type Page } from "@playwright/test";

/** A report that is sent faster than people type is held back: then one sends it once more. */
export async function sendReport(page: Page, button = "Send it to the moderators"): Promise<void> {
  await expect(async () => {
    if (!/\/report\/sent(\?back=1)?$/.test(page.url())) {
      await page.getByRole("button", { name: button }).click({ timeout: 1_000 });
    }
    await expect(page).toHaveURL(/\/report\/sent(\?back=1)?$/, { timeout: 500 });
  }).toPass({ timeout: 20_000 });
}
