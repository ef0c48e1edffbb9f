import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { wordsFor } from "#lib/words/labels.ts";
import { profileOf } from "../personas.ts";
import { signIn } from "../sign-in.ts";

const { day } = wordsFor("en");
const today = todayUtc();

// Mails come when the worker has sent them, which on a busy machine takes its time.
test.setTimeout(60_000);

type CaughtMail = { to: string; from: string; subject: string; text: string; html: string };

async function mailTo(request: APIRequestContext, address: string): Promise<CaughtMail> {
  const find = async () => {
    const mails = (await (await request.get("/demo/mails.json")).json()) as CaughtMail[];
    return mails.find(({ to, text }) => to === address && text.includes("/confirm/"));
  };
  await expect.poll(find, { timeout: 20_000 }).toBeTruthy();
  const mail = await find();
  if (!mail) throw new Error(`no mail to ${address}`);
  return mail;
}

const pathIn = (mail: CaughtMail) => /\/confirm\/[\w.-]+/.exec(mail.text)?.[0] ?? "";

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test.describe("from a mail, without signing in and without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("one click confirms openings, and works once", async ({ page, request }) => {
    const mail = await mailTo(request, "uma-unconfirmed@parasol.example");
    expect(mail.subject).toBe("Is this still right?");
    const path = pathIn(mail);
    expect(mail.html).toContain(path);

    const profile = profileOf("uma-unconfirmed");
    await page.goto(profile);
    await expect(page.getByText("Not confirmed lately")).toBeVisible();

    // A mail scanner looks at every link, in every way it knows, before a person does.
    for (const method of ["HEAD", "GET", "GET"]) {
      expect((await request.fetch(path, { method })).status()).toBe(200);
    }

    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Is this still right?");
    await expect(page.getByText("Uma Kapadia")).toBeVisible();
    await page.getByRole("button", { name: "Yes, still right" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Thank you, it is confirmed");

    await page.goto(profile);
    await expect(page.getByText(`Confirmed ${day(today)}.`)).toBeVisible();

    const again = await page.goto(path);
    expect(again?.status()).toBe(410);
    await expect(page.getByText("This link was used already")).toBeVisible();
    await expect(page.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
  });

  test("a link that was tampered with changes nothing, and says so", async ({ page, request }) => {
    const mail = await mailTo(request, "stella-stale@parasol.example");
    expect(mail.subject).toBe("Your listing is hidden for now");
    for (const forged of [`${pathIn(mail)}x`, pathIn(mail).slice(0, -1), "/confirm/made-up"]) {
      const answer = await page.goto(forged);
      expect(answer?.status()).toBe(410);
      await expect(page.getByText("This link does not work")).toBeVisible();
    }
    await page.goto(`/es${pathIn(mail)}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("¿Sigue siendo así?");
  });
});

test("the pages behind a link can be used by everyone", async ({ page, request }) => {
  const path = pathIn(await mailTo(request, "stella-stale@parasol.example"));
  for (const [at, scheme] of [
    [path, "light"],
    [`/es${path}`, "dark"],
    ["/confirm/made-up", "dark"],
    ["/confirm/done", "light"],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(at);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      320,
    );
  }
});

test("the mails of the demo can be read, links and all", async ({ page, request }) => {
  await mailTo(request, "uma-unconfirmed@parasol.example");
  for (const [path, heading] of [
    ["/demo/mails", "Mails of the demo"],
    ["/es/demo/mails", "Correos de la demo"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
  }
  const mail = page.getByRole("article").filter({ hasText: "uma-unconfirmed@parasol.example" });
  await expect(mail.getByRole("link").first()).toHaveAttribute("href", /\/confirm\//);
  await expectAccessible(page);
});

for (const scripts of [true, false]) {
  test.describe(scripts ? "account, with scripts" : "account, without scripts", () => {
    test.use({ javaScriptEnabled: scripts });
    const persona = scripts ? "gwen-listed-in-britain" : "ash-associate";

    test("openings are confirmed, the listing is paused and comes back", async ({ page }) => {
      await signIn(page, `${persona}@parasol.example`);
      await page.goto("/account/availability");
      await page.getByLabel("Yes", { exact: true }).check();
      await page.getByLabel("From which day?").fill(addDays(today, 12));
      await page.getByRole("button", { name: "Save and confirm" }).click();
      await expect(page.getByRole("status")).toContainText("count as confirmed today");
      await expect(page.getByText(`Yes, from ${day(addDays(today, 12))}`)).toBeVisible();
      if (scripts) await expectAccessible(page);

      const { status, html } = await sendBroken(page);
      expect(status).toBe(422);
      expect(html).toContain("Please choose from what is offered here.");
      expect(html).toContain("2027-02-30");

      await page.getByRole("button", { name: "Pause the listing" }).click();
      await expect(page.getByRole("status")).toContainText("Readers do not see it");
      expect((await page.request.get(profileOf(persona))).status()).toBe(404);

      await page.getByRole("button", { name: "Show the listing again" }).click();
      await expect(page.getByText("You are listed.")).toBeVisible();
      const profile = await page.request.get(profileOf(persona));
      expect(await profile.text()).toContain(`Next opening: ${day(addDays(today, 12))}`);
    });
  });
}

/** As a browser that checks nothing itself would send it. */
async function sendBroken(page: Page): Promise<{ status: number; html: string }> {
  const answer = await page.request.post("/account/availability", {
    form: { accepting: "perhaps", nextOpening: "2027-02-30" },
    headers: { origin: new URL(page.url()).origin },
  });
  return { status: answer.status(), html: await answer.text() };
}
