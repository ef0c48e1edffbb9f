import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import { armor, Encrypter } from "age-encryption";
import { makeCodename } from "#lib/letters/codename.ts";
import { makeKey } from "#lib/letters/keys.ts";
import { sealEnquiry } from "#lib/letters/letter.ts";
import { openMailbox } from "#lib/letters/mailbox.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { openLetterBox } from "../letter-box.ts";
import { dataDir } from "../own-web.ts";
import { profileOf } from "../personas.ts";
import { sendReport } from "../send-report.ts";
import { signIn } from "../sign-in.ts";
import { addressOf, stateOf } from "../staff.ts";
import { addAuthenticator, byName } from "../virtual-authenticator.ts";
import { makeVisitor } from "../visitor.ts";

const passphrase = "five herons wait by a quiet weir";
const slugOf = (persona: string) => profileOf(persona).replace("/therapists/", "");

// In order: what one has set up, the next one uses.
test.describe.configure({ mode: "serial" });
test.setTimeout(180_000);

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const conversation = (page: Page, words: string) =>
  page.getByRole("article").filter({ hasText: words });

/** Everything that a page sends from now on: addresses, headers and bodies. */
function sentBy(page: Page): string[] {
  const sent: string[] = [];
  page.on("request", (request) => {
    sent.push(request.url(), JSON.stringify(request.headers()), request.postData() ?? "");
  });
  return sent;
}

/** As it is, and as forms write it. */
function expectNowhere(word: string, sent: readonly string[]): void {
  const all = sent.join("\n");
  const plus = encodeURIComponent(word).replaceAll("%20", "+");
  for (const form of [word, encodeURIComponent(word), plus]) {
    expect(all.includes(form), form).toBe(false);
  }
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  const width = page.viewportSize()?.width ?? 0;
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
    width,
  );
}

/** Makes a key on its page, up to the sheet. @returns the recovery key as it is shown */
async function makeKeyHere(within: Locator, words = passphrase): Promise<string> {
  await within.getByLabel("A passphrase that only you know").fill(words);
  await within.getByLabel("The same once more").fill(words);
  await within.getByRole("button", { name: "Make the key" }).click();
  const shown = within.locator("[data-recovery-key]");
  await expect(shown).toHaveText(/^AGE-SE CRET-K EY-1/, { timeout: 60_000 });
  return shown.innerText();
}

async function keepKey(within: Locator, recovery: string, button: string): Promise<void> {
  await within.getByLabel("I have printed it or written it down").check();
  await within
    .getByLabel("Its last six characters, from your sheet")
    .fill(recovery.replaceAll(" ", "").slice(-6).toLowerCase());
  await within.getByRole("button", { name: button }).click();
}

const newKey = (page: Page) => page.locator("[data-new-key]");

async function unlock(page: Page, words = passphrase): Promise<void> {
  await page.getByLabel("Your passphrase").fill(words);
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
}

const isOpen = (page: Page) =>
  expect(page.getByRole("heading", { name: "Your messages, open" })).toBeFocused({
    timeout: 60_000,
  });

const persona = "connie-conditions";
const canary = `Kingfishers-${Date.now()}`;
let recovery = "";
let state: Awaited<ReturnType<ReturnType<Page["context"]>["storageState"]>>;

async function signedIn(browser: Browser, options: object = {}): Promise<Page> {
  const context = await browser.newContext({ storageState: state, ...options });
  return context.newPage();
}

test("a key is made here, and its secret leaves the page only wrapped", async ({ page }) => {
  await signIn(page, addressOf(persona));
  state = await page.context().storageState();
  await page.goto("/account/messages");
  await expect(page.getByText("No message waits for you.")).toBeVisible();
  await page.getByRole("link", { name: "Make a key, so that readers can write to you" }).click();
  await expect(heading(page)).toHaveText("Your keys for messages");
  const sent = sentBy(page);
  const form = newKey(page);

  await form.getByLabel("A passphrase that only you know").fill("short words");
  await expect(form.getByText("5 more characters are needed.")).toBeVisible();
  await form.getByRole("button", { name: "Make the key" }).click();
  await expect(form.getByText("It needs at least 16 characters.")).toBeVisible();
  await form.getByLabel("A passphrase that only you know").fill(passphrase);
  await expect(form.getByText("Very strong, if you use it nowhere else.")).toBeVisible();
  await form.getByRole("button", { name: "Make the key" }).click();
  await expect(form.getByText("The two are not the same.")).toBeVisible();
  await form.getByRole("button", { name: "Show what I type" }).click();
  await expect(form.getByLabel("The same once more")).toHaveAttribute("type", "text");

  recovery = await makeKeyHere(form);
  await expectAccessible(page);
  await form.getByRole("button", { name: "Keep the key and take messages" }).click();
  await expect(form.getByText("Print it or write it down first")).toBeVisible();
  await form.getByLabel("I have printed it or written it down").check();
  await form.getByLabel("Its last six characters, from your sheet").fill("qqqqqq");
  await form.getByRole("button", { name: "Keep the key and take messages" }).click();
  await expect(form.getByText("That is not how it ends.")).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(form.getByText("It opens my messages on")).toBeVisible();
  await expect(heading(page)).toBeHidden();
  await expect(form.getByRole("button")).toHaveCount(0);
  await page.emulateMedia({ media: "screen" });
  await keepKey(form, recovery, "Keep the key and take messages");

  await expect(page.getByRole("status").first()).toContainText("Your key counts from now on.");
  await expect(page.locator(".fingerprint.big")).toHaveText(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/);
  expectNowhere(passphrase, sent);
  expectNowhere(recovery.replaceAll(" ", "").slice(20), sent);
  expect(sent.join("\n")).not.toMatch(/AGE-SECRET-KEY-1/i);
  const mails = await (await page.request.get("/demo/mails.json")).json();
  expect(JSON.stringify(mails)).toContain("A key for messages was made in your account");
});

test("letters open here alone, are answered, and the answer opens for whoever has the words", async ({
  browser,
  request,
}) => {
  const slug = slugOf(persona);
  const robin = await makeVisitor(request, slug);
  const sky = await makeVisitor(request, slug);
  const junk = await makeVisitor(request, slug);
  await robin.write(`${canary} one.\nIs Thursday free?`);
  await robin.write(`${canary} two. <img src=x onerror=alert(1)>`);
  await sky.write(`${canary} from somebody else.`);
  await junk.write("to nobody", (await makeKey()).recipient);
  const page = await signedIn(browser);
  await page.goto("/account/messages/keys");
  const recipient = await page.locator("template[data-key]").getAttribute("data-recipient");
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient ?? "");
  const armoured = armor.encode(await encrypter.encrypt(`${canary} by age. Call me.`));
  const posted = await request.post(`${profileOf(persona)}/write`, {
    form: { armoured },
    headers: { origin: new URL(page.url()).origin },
  });
  expect(posted.url()).toMatch(/\/write\/sent$/);

  const sent = sentBy(page);
  const answer = await page.goto("/account/messages");
  expect(await answer?.text()).not.toContain(canary);
  await expect(page.getByText("5 sealed messages wait for you.")).toBeVisible();
  await unlock(page, "these are not the words at all");
  await expect(page.getByText("That is not the passphrase. Nothing is lost")).toBeVisible({
    timeout: 60_000,
  });
  await unlock(page);
  await isOpen(page);
  await expect(page.getByRole("article")).toHaveCount(3);
  const theirs = conversation(page, `${canary} one.`);
  await expect(theirs.locator(".letter-body")).toHaveCount(2);
  await expect(theirs).toContainText("<img src=x onerror=alert(1)>");
  await expect(theirs).toContainText("Not answered");
  await expect(page.getByText("Could not be opened: 1. They may be junk.")).toBeVisible();
  const byAge = conversation(page, "by age. Call me.");
  await expect(byAge).toContainText("no answer can go back from here");
  await expect(byAge.getByLabel("Your answer")).toBeHidden();
  await expectAccessible(page);

  const words = `Thursday at ten, ${canary}. Ñandú 🌂 "yes"`;
  await expect(theirs.getByText("16,000 bytes left")).toBeVisible();
  await theirs.getByLabel("Your answer").fill(words);
  await theirs.getByLabel("This is my last answer").check();
  await theirs.getByRole("button", { name: "Seal and send" }).click();
  await expect(theirs.getByText("Sent. It waits for whoever has the twelve words.")).toBeVisible();
  await expect(theirs).toContainText("Answered");
  await expect(theirs.locator(".own-answer")).toContainText(words);
  expectNowhere(canary, sent);
  expectNowhere(passphrase, sent);
  expect(page.url()).toMatch(/\/account\/messages$/);
  expect((await page.context().storageState()).origins).toEqual([]);
  const opened = await robin.read();
  expect(opened.map(({ body, last }) => ({ body, last }))).toEqual([{ body: words, last: true }]);
  expect(await sky.read()).toEqual([]);

  await page.getByText("Could not be opened: 1.").click();
  await page.getByRole("button", { name: "Clear all that could not be opened" }).click();
  await expect(page.getByText("Could not be opened: 1.")).toBeHidden();
  await page.reload();
  await expect(page.getByText("4 sealed messages wait for you.")).toBeVisible();
  await page.context().close();
});

test("moderators see exactly the words that were chosen, and that they were opened is noted", async ({
  browser,
}) => {
  const page = await signedIn(browser);
  await page.goto("/account/messages");
  await unlock(page);
  await isOpen(page);
  const sent = sentBy(page);
  const theirs = conversation(page, `${canary} from somebody else.`);
  await theirs.locator(".letter-body").selectText();
  await theirs.getByText("Show part of it to moderators").click();
  const chosen = theirs.getByLabel("The words to show");
  await expect(chosen).toHaveValue(`${canary} from somebody else.`);
  const words = `Chosen ${canary} words\nand <b>no</b> more.`;
  await chosen.fill(words);
  await theirs.getByRole("button", { name: "Show these words to moderators" }).click();
  await expect(theirs.getByText("Moderators have these words now.")).toBeVisible();
  expectNowhere(`${canary} from somebody else.`, sent);
  await page.context().close();

  const desk = await browser.newContext({ storageState: stateOf("mo-moderator") });
  const moderator = await desk.newPage();
  await moderator.goto("/moderation/abuse");
  expect(await moderator.content()).not.toContain("Chosen");
  const note = moderator.getByRole("article").last();
  await note.getByRole("button", { name: "Open the words" }).click();
  const shown = moderator.getByRole("article").filter({ hasText: "Chosen" });
  await expect(shown.locator("blockquote")).toHaveText(words, { useInnerText: true });
  await expectAccessible(moderator);
  await shown.getByRole("button", { name: "Dealt with" }).click();
  await expect(moderator.getByRole("status").first()).toContainText("It is settled.");
  await expect(moderator.getByText("Chosen")).toHaveCount(0);
  await desk.close();
  const audit = await browser.newContext({ storageState: stateOf("ari-auditor") });
  const auditor = await audit.newPage();
  await auditor.goto("/moderation/audit");
  for (const verb of ["abuse.reveal", "abuse.read", "abuse.settle", "message-key.add"]) {
    await expect(auditor.getByText(verb).first()).toBeVisible();
  }
  await audit.close();
});

test("it locks by a button and by itself, and the recovery key opens it too", async ({
  browser,
}) => {
  const page = await signedIn(browser);
  await page.clock.install();
  await page.goto("/account/messages");
  await unlock(page);
  await page.clock.runFor(100);
  await expect(page.getByRole("article").first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  expect(await page.content()).not.toContain(canary);
  await expect(page.getByText("Locked. What was open is gone from this page.")).toBeVisible();

  await page.getByText("Use the recovery key instead").click();
  await page.getByLabel("Recovery key").fill("AGE-SECRET-KEY-1 nonsense");
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await page.clock.runFor(100);
  await expect(page.getByText("That is not the recovery key. Nothing is lost")).toBeVisible();
  await page.getByLabel("Recovery key").fill(recovery.toLowerCase());
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await page.clock.runFor(100);
  await expect(page.getByRole("article").first()).toBeVisible({ timeout: 60_000 });
  await page.clock.runFor(9 * 60_000);
  await page.keyboard.press("Tab");
  await page.clock.runFor(9 * 60_000);
  await expect(page.getByRole("article").first()).toBeVisible();
  await page.clock.runFor(70_000);
  await expect(page.getByText("Nobody touched this page for ten minutes")).toBeVisible();
  expect(await page.content()).not.toContain(canary);
  await page.context().close();
});

test("a conversation is deleted, and stays so", async ({ browser }) => {
  const page = await signedIn(browser);
  await page.goto("/account/messages");
  await unlock(page);
  await isOpen(page);
  const theirs = conversation(page, `${canary} from somebody else.`);
  await theirs.getByText("Delete this conversation").click();
  await theirs.getByRole("button", { name: "Yes, delete it" }).click();
  await expect(theirs).toHaveCount(0);
  await expect(page.getByText("It is deleted.")).toBeVisible();
  await page.goto("/account/messages");
  await expect(page.getByText("3 sealed messages wait for you.")).toBeVisible();
  await page.context().close();
});

test("another key waits and can be cancelled; the passphrase and the sheet can be changed", async ({
  browser,
}) => {
  const page = await signedIn(browser);
  await page.goto("/account/messages/keys");
  const before = await page.locator(".fingerprint.big").innerText();
  const other = "another long passphrase of mine";
  await keepKey(newKey(page), await makeKeyHere(newKey(page), other), "Keep the new key");
  await expect(page.getByRole("heading", { name: "A new key waits" })).toBeVisible();
  await expect(page.getByText(/It counts from \d+ \w+ \d{4}, 72 hours after/)).toBeVisible();
  await expect(page.locator(".fingerprint.big")).toHaveText(before);
  await expect(newKey(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Cancel the new key" }).click();
  await expect(page.getByRole("status").first()).toContainText("The new key is cancelled.");

  const rewrap = page.locator("[data-rewrap]");
  await unlock(page);
  await rewrap.getByText("A new passphrase", { exact: true }).click({ timeout: 60_000 });
  await rewrap.getByLabel("A passphrase that only you know").fill(other);
  await rewrap.getByLabel("The same once more").fill(other);
  await rewrap.getByRole("button", { name: "Change the passphrase" }).click();
  await expect(page.getByRole("status").first()).toContainText("That is changed.", {
    timeout: 60_000,
  });
  await unlock(page, other);
  await rewrap.getByText("A new recovery key", { exact: true }).click({ timeout: 60_000 });
  await rewrap.getByRole("button", { name: "Show me a new one" }).click();
  const shown = rewrap.locator("[data-recovery-key]");
  await expect(shown).toHaveText(/^AGE-SE CRET-K EY-1/);
  const sheet = await shown.innerText();
  // The page says so already of the passphrase: it is the next one that is waited for.
  const again = page.waitForEvent("framenavigated");
  await keepKey(rewrap, sheet, "Keep the new recovery key");
  await again;
  await expect(page.getByRole("status").first()).toContainText("That is changed.");

  await page.goto("/account/messages");
  await unlock(page);
  await expect(page.getByText("That is not the passphrase.")).toBeVisible({ timeout: 60_000 });
  await page.getByText("Use the recovery key instead").click();
  await page.getByLabel("Recovery key").fill(recovery);
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await expect(page.getByText("That is not the recovery key.")).toBeVisible({ timeout: 60_000 });
  recovery = sheet;
  await page.getByLabel("Recovery key").fill(recovery);
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await isOpen(page);
  await page.context().close();
});

test("letters of a second page open among those of the first, and what was typed stays", async ({
  browser,
}) => {
  test.skip(!dataDir, "needs the data folder of the site, as `npm test -- e2e` gives it");
  const box = await openLetterBox(persona);
  const { threadWith, recipient: reply } = await openMailbox(makeCodename("en").entropy);
  const [key] = await box.sql<{ recipient: string }[]>`
    select recipient from enquiry_keys where therapist_id = ${box.id}`;
  const mailbox = { threadWith, recipient: reply };
  const to = { therapist: box.id, recipient: key?.recipient ?? "", mailbox };
  for (let day = 1; day <= 51; day += 1) {
    const sealed = await sealEnquiry({ ...to, body: `Letter ${day} of many` });
    // The last goes last, and so stands on the second page.
    await box.sql`insert into enquiries (id, token_hash, therapist_id, ciphertext, expires_on)
      values (${`many-${day}`}, 'many', ${box.id}, ${sealed.ok ? sealed.ciphertext : ""},
        ${addDays(todayUtc(), day === 51 ? 30 : 7)})`;
  }
  const page = await signedIn(browser);
  await page.goto("/account/messages");
  await page.getByText("Use the recovery key instead").click();
  await page.getByLabel("Recovery key").fill(recovery);
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await isOpen(page);
  const many = conversation(page, "Letter 1 of many");
  await expect(many.locator(".letter-body")).toHaveCount(50);
  await many.getByLabel("Your answer").fill("Half an answer");
  await page.getByRole("button", { name: "Open the next messages too" }).click();
  await expect(many.locator(".letter-body")).toHaveCount(51);
  await expect(many.getByLabel("Your answer")).toHaveValue("Half an answer");
  await expect(conversation(page, `${canary} one.`)).toBeVisible();
  await expect(page.getByRole("button", { name: "Open the next messages too" })).toBeHidden();
  await many.getByText("Delete this conversation").click();
  await many.getByRole("button", { name: "Yes, delete it" }).click();
  await expect(many).toHaveCount(0);
  expect(await box.sql`select from enquiries where token_hash = 'many'`).toHaveLength(0);
  await box.sql.end({ timeout: 1 });
  await page.context().close();
});

test("without scripts the sealed text is there, with how to open it", async ({ browser }) => {
  const page = await signedIn(browser, { javaScriptEnabled: false });
  await page.goto("/account/messages");
  await expect(page.getByRole("heading", { name: "Scripts are not running here" })).toBeVisible();
  await expect(page.getByLabel("Your passphrase")).toBeHidden();
  await page.getByText("The sealed text").first().click();
  await expect(page.getByText(/-----BEGIN AGE ENCRYPTED FILE-----/).first()).toBeVisible();
  await page.getByText("Open messages without this site").click();
  await expect(page.getByText("age -d -i key.age letter.age")).toBeVisible();
  await page.goto("/account/messages/keys");
  await page.getByText("Stop taking sealed messages").click();
  await page.getByRole("button", { name: "Take my key back" }).click();
  await expect(page.getByRole("status").first()).toContainText("You take no sealed messages any");
  await expect(page.getByText("No key counts now")).toBeVisible();
  await page.context().close();
});

test("the pages can be used by everyone", async ({ browser }) => {
  for (const [language, colorScheme] of [
    ["", "light"],
    ["/es", "dark"],
  ] as const) {
    const page = await signedIn(browser, { colorScheme, viewport: { width: 360, height: 740 } });
    for (const path of ["/account/messages", "/account/messages/keys"]) {
      await page.goto(`${language}${path}`);
      await expect(heading(page)).toBeVisible();
      await expectAccessible(page);
    }
    await page.context().close();
  }
});

test("a passkey unlocks it, where the browser can", async ({ browser }, { project }) => {
  const context = await browser.newContext({ baseURL: byName(project.use.baseURL) });
  const page = await context.newPage();
  await addAuthenticator(page, { wraps: true });
  await signIn(page, addressOf("eddie-editing"));
  await page.goto("/account/messages/keys");
  const form = newKey(page);
  const sheet = await makeKeyHere(form);
  await form.getByRole("button", { name: "Also unlock with a passkey of this device" }).click();
  await expect(form.getByText("The passkey is ready.")).toBeVisible();
  await keepKey(form, sheet, "Keep the key and take messages");
  await expect(page.getByRole("status").first()).toContainText("Your key counts from now on.");
  const visitor = await makeVisitor(context.request, slugOf("eddie-editing"));
  await visitor.write(`${canary} by passkey`);
  await page.goto("/account/messages");
  await page.getByRole("button", { name: "Unlock with a passkey" }).click();
  await isOpen(page);
  await expect(conversation(page, `${canary} by passkey`)).toBeVisible();
  await context.close();
});

test("whoever reports with a way back reads what moderators answer", async ({ page, browser }) => {
  await page.goto(`${profileOf(persona)}/report?back=1`);
  const list = page.getByRole("list", { name: "Your twelve words" }).getByRole("listitem");
  await expect(list).toHaveCount(12);
  const words = await list.allInnerTexts();
  await page.getByRole("radio", { name: /They harmed me/ }).check();
  await page.getByLabel("In your own words").fill(`What happened: ${canary}`);
  await page.getByLabel("I have written down the twelve words").check();
  await sendReport(page);

  const desk = await browser.newContext({ storageState: stateOf("mo-moderator") });
  const moderator = await desk.newPage();
  await moderator.goto("/moderation?kind=complaint");
  await moderator.getByRole("link", { name: /Connie/ }).click();
  await moderator.getByRole("button", { name: "Claim", exact: true }).click();
  await moderator.getByText("Answer whoever sent it").click();
  const answer = moderator.getByLabel("Your answer");
  await moderator.getByRole("button", { name: "Seal and send the answer" }).click();
  await expect(moderator.getByRole("alert")).toBeVisible();
  await answer.fill(`We looked: ${canary}.`);
  await expectAccessible(moderator);
  await moderator.getByRole("button", { name: "Seal and send the answer" }).click();
  await expect(moderator.getByRole("status").first()).toContainText("Your answer is sealed");
  await expect(moderator.getByText("Answer whoever sent it")).toHaveCount(0);
  await desk.close();

  await page.goto("/replies");
  await page.getByRole("textbox", { name: "Your twelve words" }).fill(words.join(" "));
  await page.getByRole("button", { name: "Look for an answer" }).click();
  const given = page.getByRole("article");
  await expect(given).toContainText(`We looked: ${canary}.`, { timeout: 60_000 });
  await expect(given).toContainText("From the moderators of this site");
});
