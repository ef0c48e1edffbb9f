import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { TOTP } from "otpauth";
import { latestMailTo, linkIn, mailsTo } from "../mails.ts";
import { newAddress, signIn } from "../sign-in.ts";
import { setUpApp } from "../staff.ts";

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
/** The code of the step to come: a clock may be one step off, and each step counts once. */
const nextCode = (secret: string) =>
  new TOTP({ secret }).generate({ timestamp: Date.now() + 30_000 });

async function tryWrongCode(page: Page): Promise<void> {
  await page.goto("/account/settings/authenticator");
  await expect(page.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
  await page.getByLabel("Code from the app").fill("000000");
  await page.getByRole("button", { name: "Check the code" }).click();
  await expect(page.getByRole("alert")).toContainText("That code is not right");
  await expect(page.getByLabel("Code from the app")).toHaveValue("");
}

async function signInHalf(page: Page, address: string): Promise<void> {
  const before = (await mailsTo(page.request, address)).length;
  await page.goto("/sign-in?to=/account/settings");
  await page.getByLabel("Your e-mail address").fill(address);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await page.goto(linkIn(await latestMailTo(page.request, address, { after: before })));
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("an authenticator app is asked for at the next sign-in, and a recovery code stands in for it", async ({
  browser,
}) => {
  test.setTimeout(90_000);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const address = newAddress();
  await signIn(page, address);
  await tryWrongCode(page);
  const secret = await setUpApp(page);
  await page.getByRole("link", { name: "Recovery codes" }).click();
  await page.getByRole("button", { name: "Make 10 new codes" }).click();
  const codes = await page.locator("main ol code").allInnerTexts();
  expect(codes).toHaveLength(10);
  await page.getByRole("link", { name: "I have them" }).click();
  await expect(page.getByText("You have 10 recovery codes left.")).toBeVisible();

  await page.getByRole("button", { name: "Sign out" }).click();
  await signInHalf(page, address);
  await expect(heading(page)).toHaveText("Show that it is you");
  await page.goto("/account/settings/second-factor");
  await expect(heading(page)).toHaveText("Show that it is you");
  await page.getByLabel("Code").fill("123456");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("alert")).toContainText("That code is not right");
  await page.getByLabel("Code").fill(nextCode(secret));
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page).toHaveURL(/\/account\/settings\/second-factor$/);

  await page.getByRole("button", { name: "Sign out" }).click();
  await signInHalf(page, address);
  await page.getByLabel("Code").fill(codes[0] ?? "");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(heading(page)).toHaveText("Settings");
  await page.getByRole("link", { name: "Passkeys and second step" }).click();
  await expect(page.getByText("You have 9 recovery codes left.")).toBeVisible();
  await page.getByRole("button", { name: "Remove the app" }).click();
  await expect(page.getByRole("status").first()).toContainText("The authenticator app is removed");
  await latestMailTo(page.request, address, { saying: /authenticator/i });
  await context.close();
});

test("who guesses codes is told to wait", async ({ page }) => {
  test.setTimeout(60_000);
  const address = newAddress();
  await signIn(page, address);
  await setUpApp(page);
  await page.getByRole("button", { name: "Sign out" }).click();
  await signInHalf(page, address);
  const alert = page.getByRole("alert");
  for (let guess = 0; guess < 6; guess += 1) {
    await page.getByLabel("Code").fill("000000");
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(alert).toContainText(
      guess < 5 ? "That code is not right" : "Please wait one minute",
    );
  }
});

test("staff without a second step are led to one, and cannot remove it", async ({ page }) => {
  await signIn(page, "mia-moderator@parasol.example");
  await page.goto("/moderation/mails");
  await expect(page).toHaveURL(/\/account\/settings\/second-factor$/);
  await expect(page.getByText("so you need a second step before you go on")).toBeVisible();
  await setUpApp(page);
  await page.getByRole("button", { name: "Remove the app" }).click();
  await expect(page.getByText("This is your last second step")).toBeVisible();
  await page.goto("/moderation/mails");
  await expect(page).toHaveURL(/\/moderation\/mails$/);
});

test("an address changes when both have said yes, wherever the mails are read", async ({
  page,
  browser,
}) => {
  const old = newAddress();
  const wanted = newAddress();
  await signIn(page, old);
  await page.goto("/account/settings");
  await page.getByRole("link", { name: "Change it" }).click();
  await page.getByLabel("New e-mail address").fill(old);
  await page.getByRole("button", { name: "Mail both addresses" }).click();
  await expect(page.getByRole("alert")).toContainText("That is the address you have now");
  await page.getByLabel("New e-mail address").fill(wanted);
  await page.getByRole("button", { name: "Mail both addresses" }).click();
  await expect(page.getByRole("status").first()).toContainText(
    "We mailed a link to both addresses",
  );

  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(linkIn(await latestMailTo(page.request, wanted)));
  await elsewhere.getByRole("button", { name: "Confirm" }).click();
  await expect(heading(elsewhere)).toHaveText("Thank you. This address is confirmed.");
  await page.reload();
  await expect(page.getByText("New address: already confirmed.")).toBeVisible();
  await expect(page.getByText(`You sign in with ${old}.`)).toBeVisible();
  const mail = await latestMailTo(page.request, old, { saying: /address\/confirm/ });
  await page.goto(linkIn(mail));
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.goto(linkIn(mail));
  await expect(heading(page)).toHaveText("This link does not work any more");
  await page.goto("/account/settings");
  await expect(page.getByText(`You sign in with ${wanted}.`)).toBeVisible();
});

test("signing out everywhere signs out every browser", async ({ browser }) => {
  const address = newAddress();
  const here = await (await browser.newContext()).newPage();
  const there = await (await browser.newContext()).newPage();
  await signIn(here, address);
  await signInHalf(there, address);
  await here.goto("/account/settings");
  await expect(here.getByText("You are signed in 2 times")).toBeVisible();
  await here.getByRole("button", { name: "Sign out everywhere" }).click();
  for (const page of [here, there]) {
    await page.goto("/account/settings");
    await expect(page).toHaveURL(/\/sign-in\?to=/);
    await page.context().close();
  }
});

test("my data comes as a file, for me alone", async ({ page, request }) => {
  const address = newAddress();
  await signIn(page, address);
  await page.goto("/account/settings");
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download my data" }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(/^parasol-\d{4}-\d\d-\d\d\.json$/);
  const text = await readFile(await download.path(), "utf8");
  expect(JSON.parse(text)).toMatchObject({ account: { email: address }, listing: null });
  const headers = { Origin: new URL(page.url()).origin };
  const form = { a: "b" };
  const stranger = await request.post("/account/settings/download", { headers, form });
  expect(stranger.status()).toBe(401);
});

test("an account is deleted on a day to come, unless its owner takes it back", async ({ page }) => {
  const address = newAddress();
  await signIn(page, address);
  await page.goto("/account/settings");
  await page.getByRole("link", { name: "Delete my account" }).click();
  await page.getByRole("button", { name: "Delete my account" }).click();
  await expect(page.getByRole("alert")).toContainText("Please tick the box");
  await page.getByLabel("Yes, delete my account").check();
  await page.getByRole("button", { name: "Delete my account" }).click();
  await expect(page.getByRole("heading", { name: /^Your account goes on \d+ / })).toBeVisible();
  await latestMailTo(page.request, address, { saying: /settings\/delete/ });
  await page.goto("/account/settings");
  await page.getByRole("link", { name: "Keep my account" }).click();
  await page.getByRole("button", { name: "Keep my account" }).click();
  await expect(page.getByRole("status").first()).toContainText("Your account stays.");
});

test("mails come in the language that is chosen", async ({ page }) => {
  const address = newAddress();
  await signIn(page, address);
  await page.goto("/account/settings");
  await page.getByLabel("Language of our mails").selectOption("Español");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("status").first()).toContainText("Saved.");
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await latestMailTo(page.request, address, { saying: /sesión/i });
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the settings have no axe violation, ${colorScheme}`, async ({ browser }) => {
    test.setTimeout(120_000);
    const viewport = { width: 360, height: 800 };
    const context = await browser.newContext({ colorScheme, viewport });
    const page = await context.newPage();
    await signIn(page, newAddress());
    await setUpApp(page);
    const settings = "/account/settings";
    for (const path of [
      "",
      "/second-factor",
      "/authenticator",
      "/recovery-codes",
      "/address",
      "/delete",
    ]) {
      for (const prefix of ["", "/es"]) {
        await page.goto(prefix + settings + path);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${path} ${id} ${nodes[0]?.html}`)).toEqual([]);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width, path).toBeLessThanOrEqual(360);
      }
    }
    await context.close();
  });
}
