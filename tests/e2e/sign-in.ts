import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { latestMailTo, linkIn, mailsTo } from "./mails.ts";

/** An address that nobody had before: whoever signs in with it begins with an empty account. */
export function newAddress(): string {
  return `${randomUUID()}@therapists.example`;
}

/**
 * Signs in as a person does: asks for a link, opens it from the mail, and presses the button.
 * Whoever has set up a second factor is asked for it then.
 */
export async function signIn(page: Page, address: string): Promise<void> {
  const saying = /\/sign-in\//;
  const before = await mailsTo(page.request, address);
  const after = before.filter(({ text }) => saying.test(text)).length;
  await page.goto("/sign-in");
  await page.getByLabel("Your e-mail address").fill(address);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await page.goto(linkIn(await latestMailTo(page.request, address, { after, saying })));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/(account|sign-in\/second-factor)/);
}
