import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import { todayUtc } from "#lib/vetting/rules.ts";
import { makePdf } from "../../support/files/pdfs.ts";
import { answerCore, sendProfile } from "../send-profile.ts";
import { sendReport } from "../send-report.ts";
import { signIn } from "../sign-in.ts";
import { addressOf, type Staff, stateOf } from "../staff.ts";

// From a draft to the reader's search results, by the hands of three people, and down again.
test.setTimeout(240_000);
test.describe.configure({ mode: "serial" });

const name = "Dana Colbeck";
/** Documents are drawn anew, which takes its time on a busy machine. */
const drawn = { timeout: 20_000 };
const today = todayUtc();

async function pageOf(browser: Browser, persona: Staff, scripts = true): Promise<Page> {
  const options = { storageState: stateOf(persona), javaScriptEnabled: scripts };
  return (await browser.newContext(options)).newPage();
}

async function claimCase(page: Page, kind: string): Promise<void> {
  await page.goto(`/moderation?kind=${kind}`);
  await page.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "Claim", exact: true }).click();
  await expect(page.getByText(/^Yours until/)).toBeVisible();
}

async function confirmLook(page: Page): Promise<void> {
  await page.getByRole("radio", { name: /^Confirm it( takes two people)?$/ }).check();
  await page.getByLabel("What decides it").selectOption("source-match");
  await page.getByLabel("Reason, which the therapist reads").fill("The source says what you say.");
  await page.getByLabel("Who keeps the source").fill("A register");
  await page.getByLabel("Kind of source").selectOption("primary");
  await page.getByLabel("How it was looked up").selectOption("call-back");
  await page.getByLabel("Status in the source").fill("Active");
  await page.getByLabel("Date of the source itself").fill(today);
  await page.getByRole("button", { name: "Decide" }).click();
  await expect(page.getByRole("status").first()).toContainText(/^(Decided|Proposed)/);
}

/** In a frame beside the form; whoever was signed out meanwhile reads so in its place. */
async function seeDocument(browser: Browser, look: string, scripts: boolean): Promise<void> {
  const page = await pageOf(browser, "mo-moderator", scripts);
  const open = async () => {
    await page.locator("summary", { hasText: "My licence.pdf" }).click();
    if (!scripts) await page.getByRole("link", { name: "Show the document here" }).click();
  };
  const frame = page.frameLocator('iframe[title="My licence.pdf"]');
  await page.goto(look);
  await open();
  await expect(frame.getByRole("img", { name: "page 2 of 2" })).toBeVisible(drawn);
  await page.goto(look);
  await page.context().clearCookies();
  await open();
  await expect(frame.getByText("You were signed out in the meantime.")).toBeVisible();
  await expect(frame.getByRole("link", { name: "Sign in in a new tab" })).toBeVisible();
  await page.context().close();
}

const linksTo = async (within: Page | Locator, linkName: RegExp) => {
  const links = await within.getByRole("link", { name: linkName }).all();
  return Promise.all(links.map(async (link) => (await link.getAttribute("href")) ?? ""));
};

const found = async (browser: Browser) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto("/therapists?q=Dana+Colbeck");
  const count = await page
    .getByRole("list", { name: "Therapists" })
    .getByRole("heading", { name })
    .count();
  await page.context().close();
  return count;
};

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
}

test("a therapist sends a profile, and readers do not see it yet", async ({ browser, page }) => {
  await signIn(page, addressOf("dana-draft"));
  await answerCore(page);
  await page.goto("/account/evidence/identity/-");
  await page.getByLabel("Document", { exact: true }).setInputFiles({
    name: "My licence.pdf",
    mimeType: "application/pdf",
    buffer: makePdf(2),
  });
  await page.getByRole("button", { name: "Add this document" }).click();
  await expect(page.getByText("The document is there.")).toBeVisible(drawn);
  await sendProfile(page);
  expect(await found(browser)).toBe(0);
});

test("the first moderator looks at every claim, and cannot list anyone alone", async ({
  browser,
}) => {
  const page = await pageOf(browser, "mo-moderator", false);
  await claimCase(page, "submission");
  await expect(page.getByText("Some claims are not settled.")).toBeVisible();
  const looks = await linksTo(page, /^Look at it$/);
  expect(looks.length).toBeGreaterThan(5);
  const identity = page.getByRole("article", { name: "Who they are" });
  const [look = ""] = await linksTo(identity, /^Look at it$/);
  for (const scripts of [true, false]) await seeDocument(browser, look, scripts);
  for (const look of looks) {
    await page.goto(look);
    await confirmLook(page);
  }
  await expect(page.getByText("The answers about sex work are not accepted.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Accept the profile" })).toHaveCount(0);
  const [proposal = ""] = await linksTo(page, /^Waits for a second person/);
  await page.goto(proposal);
  await expect(page.getByText("You proposed this. Someone else has to agree.")).toBeVisible();
  await expect(page.getByRole("button", { name: "I agree" })).toHaveCount(0);
  await page.getByRole("link", { name: "Back to the case" }).click();
  await page.getByRole("button", { name: "Give it back" }).click();
  expect(await found(browser)).toBe(0);
});

test("the second one agrees and accepts: readers find the therapist", async ({ browser, page }) => {
  const lead = await pageOf(browser, "lee-lead");
  await claimCase(lead, "submission");
  for (const proposal of await linksTo(lead, /^Waits for a second person/)) {
    await lead.goto(proposal);
    await lead.getByRole("button", { name: "I agree" }).click();
    await expect(lead.getByRole("status").first()).toContainText("on record");
  }
  await lead.getByRole("link", { name: "Accept the profile" }).click();
  await lead.getByRole("button", { name: "Accept the profile" }).click();
  await expect(lead.getByRole("alert")).toContainText("Reason");
  await lead.getByLabel("Reason, which the therapist reads").fill("All of it is as you said.");
  await lead.getByRole("button", { name: "Accept the profile" }).click();
  await expect(lead.getByText(/Closed on .*: Accepted$/)).toBeVisible();
  await expect.poll(() => found(browser), { timeout: 20_000 }).toBe(1);

  await signIn(page, addressOf("dana-draft"));
  await page.goto("/account/decisions");
  await expect(page.getByText("All of it is as you said.")).toBeVisible();
  await expect(page.locator("main")).not.toContainText("Hightower");
});

test("a report comes in, and one moderator hides the listing at once", async ({
  browser,
  page,
}) => {
  await page.goto("/therapists?q=Dana+Colbeck");
  await page.getByRole("heading", { name }).getByRole("link").click();
  const profile = page.url();
  await page.getByRole("link", { name: /wrong/i }).click();
  await page.getByRole("radio").first().check();
  await sendReport(page);

  const moderator = await pageOf(browser, "mo-moderator", false);
  await moderator.goto("/moderation?kind=complaint");
  await moderator.getByRole("link", { name }).click();
  await moderator.getByRole("link", { name: "Hide the listing now" }).click();
  await moderator
    .getByLabel("Reason, which the therapist reads")
    .fill("Someone told us of harm. We look into it.");
  await moderator.getByRole("button", { name: "Hide the listing now" }).click();
  await expect(moderator.getByText("Hidden by moderators")).toBeVisible();
  expect(await found(browser)).toBe(0);
  expect((await page.goto(profile))?.status()).toBe(404);
});

test.describe("pages of moderators", () => {
  for (const [scheme, language, width] of [
    ["light", "", 1280],
    ["dark", "/es", 360],
  ] as const) {
    test(`are accessible: ${scheme}, ${width} px ${language}`, async ({ browser }) => {
      const context = await browser.newContext({
        storageState: stateOf("lee-lead"),
        colorScheme: scheme,
        viewport: { width, height: 800 },
      });
      const page = await context.newPage();
      await page.goto(`${language}/moderation/cases/pat-pending-case`);
      await page.locator('button[value="claim"]').click();
      const look = await page.locator('a[href*="/checks/"]').first().getAttribute("href");
      const base = `${language}/moderation`;
      for (const path of [
        base,
        `${base}/cases/pat-pending-case`,
        look ?? "",
        `${base}/cases/pat-pending-case/ask`,
        `${base}/cases/pat-pending-case/messages`,
        `${base}/cases/pat-pending-case/decide/refuse`,
        `${base}/people`,
        `${base}/playbooks`,
        `${base}/registers`,
        `${base}/holds`,
        `${base}/audit`,
      ]) {
        expect((await page.goto(path))?.status(), path).toBe(200);
        await expectAccessible(page);
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wide, `${path} at ${width} px`).toBeLessThanOrEqual(0);
      }
      await page.goto(`${base}/cases/pat-pending-case`);
      await page.locator('button[value="release"]').click();
    });
  }
});

test("the queue works by keyboard alone", async ({ browser }) => {
  const page = await pageOf(browser, "mo-moderator");
  await page.goto("/moderation?kind=submission&whose=unclaimed");
  const cases = page.locator("[data-case]");
  await page.keyboard.press("j");
  await expect(cases.first().getByRole("link").first()).toBeFocused();
  await page.keyboard.press("j");
  await expect(cases.nth(1).getByRole("link").first()).toBeFocused();
  await page.keyboard.press("k");
  await expect(cases.first().getByRole("link").first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/moderation\/cases\//);
});
