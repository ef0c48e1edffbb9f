import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { TOTP } from "otpauth";

/** Staff whose second factor the set-up has shown: one for each role. */
export const staff = [
  "mo-moderator",
  "lee-lead",
  "liv-lived-experience-reviewer",
  "ari-auditor",
] as const;
export type Staff = (typeof staff)[number];

export const addressOf = (persona: string) => `${persona}@parasol.example`;

/** Where the cookies of a signed-in member of staff lie, for `browser.newContext({storageState})`. */
export function stateOf(persona: Staff): string {
  return join(
    process.env.PARASOL_E2E_OUTPUT ?? join(tmpdir(), "parasol-e2e"),
    "staff",
    `${persona}.json`,
  );
}

/** Sets up an authenticator app on the page that asks for it. @returns its secret */
export async function setUpApp(page: Page): Promise<string> {
  await page.goto("/account/settings/authenticator");
  const secret = (await page.locator("main code").innerText()).replaceAll(" ", "");
  await page.getByLabel("Code from the app").fill(new TOTP({ secret }).generate());
  await page.getByRole("button", { name: "Check the code" }).click();
  await expect(page.getByRole("status").first()).toContainText("Your authenticator app is set up");
  return secret;
}
