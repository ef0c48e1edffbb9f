import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { armor, Encrypter } from "age-encryption";
import { makeCodename } from "#lib/letters/codename.ts";
import type { Key } from "#lib/letters/keys.ts";
import { filesWith, type LetterBox, openLetterBox } from "../letter-box.ts";
import { dataDir } from "../own-web.ts";
import { profileOf } from "../personas.ts";
import { sendReport } from "../send-report.ts";

const persona = "marisol-listed-in-spanish";
const address = `${profileOf(persona)}/write`;
const nothing = "There is nothing for these words: no answer yet, or its days are over, or a word";

test.skip(!dataDir, "needs the data folder of the site, as `npm test -- e2e` gives it");
// One after the other: they share one letter box.
test.describe.configure({ mode: "default" });

let box: LetterBox;
let key: Key;

test.beforeAll(async () => {
  box = await openLetterBox(persona);
  key = await box.giveKey();
});
test.afterAll(() => box?.sql.end({ timeout: 1 }));

/** Everything that a page sends: addresses, headers and bodies. */
function sentBy(target: Page | BrowserContext): string[] {
  const sent: string[] = [];
  target.on("request", (request) => {
    sent.push(request.url(), JSON.stringify(request.headers()), request.postData() ?? "");
  });
  return sent;
}

/** A word as it is, in an address, in hex, and wherever it may lie in base64. */
function formsOf(word: string): string[] {
  const shifted = [0, 1, 2].map((shift) =>
    Buffer.from("x".repeat(shift) + word)
      .toString("base64")
      .slice(shift === 0 ? 0 : 4, -4),
  );
  return [word, encodeURIComponent(word), Buffer.from(word).toString("hex"), ...shifted];
}

function expectNowhere(word: string, texts: readonly string[]): void {
  const all = texts.join("\n");
  for (const form of formsOf(word)) expect(all.includes(form), form).toBe(false);
}

async function write(page: Page, words: string): Promise<void> {
  await page.goto(address);
  await page.getByRole("textbox", { name: "Your message" }).fill(words);
  await page.getByRole("button", { name: "Seal and send" }).click();
}

async function shownWords(page: Page): Promise<string[]> {
  await expect(
    page.getByRole("heading", { name: "Now write down these twelve words" }),
  ).toBeFocused({ timeout: 60_000 });
  return page
    .getByRole("list", { name: "Your twelve words" })
    .getByRole("listitem")
    .allInnerTexts();
}

async function look(page: Page, words: readonly string[]): Promise<void> {
  await page.goto("/replies");
  await page.getByRole("textbox", { name: "Your twelve words" }).fill(words.join(" "));
  await page.getByRole("button", { name: "Look for an answer" }).click();
}

test("someone writes, reads the answer elsewhere with twelve words, and destroys it all", async ({
  page,
  browser,
  context,
}) => {
  test.setTimeout(240_000);
  const canary = `Herons${Date.now()}ÄtDusk "quoted"`;
  const sent = sentBy(context);
  await write(page, `${canary}\nAnd a second line.`);
  const words = await shownWords(page);
  expect(words).toHaveLength(12);
  expectNowhere(canary, sent);
  for (const word of words) expect(sent.join("\n")).not.toMatch(new RegExp(`\\b${word} `));
  expect(await context.storageState()).toEqual({ cookies: [], origins: [] });
  await page.getByLabel(/^To be sure: type word/).fill("zebra");
  await page.getByLabel(/^To be sure: type word/).blur();
  await expect(page.getByText("That is another word.")).toBeVisible();
  const number = /word (\d+)/.exec(await page.locator("[data-check-label]").innerText())?.[1];
  await page
    .getByLabel(/^To be sure: type word/)
    .fill(words[Number(number) - 1]?.toUpperCase() ?? "");
  await expect(page.getByText("That is right.")).toBeVisible();

  const held = await box.wholeDatabase();
  expectNowhere(canary, [held]);
  expectNowhere(words.join(" "), [held]);
  expect(filesWith(`Herons${canary.slice(6, 19)}`)).toEqual([]);
  const [letter] = (await box.letters(key)).filter(({ body }) => body.includes(canary));
  if (!letter) throw new Error("it did not arrive");
  expect(letter.body).toBe(`${canary}\nAnd a second line.`);

  const elsewhere = await browser.newContext();
  const reader = await elsewhere.newPage();
  await look(reader, words);
  await expect(reader.getByText(nothing)).toBeVisible({ timeout: 60_000 });

  const answer = `Thursday at ten?\n<b>Bring</b> nothing. ${Date.now()}`;
  await box.answer(letter, answer, true);
  const asked = sentBy(elsewhere);
  await look(
    reader,
    words.map((word, at) => `${at + 1}. ${word.toUpperCase()},`),
  );
  const given = reader.getByRole("article");
  await expect(given.getByText("Thursday at ten?")).toHaveText(answer, { timeout: 60_000 });
  await expect(given).toContainText("They say that this is their last answer.");
  expectNowhere(words.join(" "), asked);
  expectNowhere(words.slice(0, 2).join(" "), asked);
  expectNowhere("Bring</b> nothing", asked);
  expect(await elsewhere.storageState()).toEqual({ cookies: [], origins: [] });
  await expect(given.getByRole("link", { name: "Write to them again" })).toHaveAttribute(
    "href",
    `/therapists/${box.id}/write`,
  );

  await reader.getByRole("button", { name: "Destroy what is under these words" }).click();
  await expect(reader.getByRole("heading", { name: "Destroy it now?" })).toBeFocused();
  await reader.getByRole("button", { name: "No, keep it" }).click();
  await expect(given).toBeVisible();
  await reader.getByRole("button", { name: "Destroy what is under these words" }).click();
  await reader.getByRole("button", { name: "Yes, destroy it" }).click();
  await expect(
    reader.getByRole("heading", { name: "There is nothing under these words any more" }),
  ).toBeFocused({ timeout: 60_000 });
  await expect(given).toBeHidden();
  expect(await box.letters(key)).not.toContainEqual(expect.objectContaining({ id: letter.id }));
  await look(reader, words);
  await expect(reader.getByText(nothing)).toBeVisible({ timeout: 60_000 });
  await reader.goto(`/therapists/${box.id}/write`);
  await expect(reader).toHaveURL(new RegExp(`${address}$`));
  await elsewhere.close();
});

test("whoever has words already goes on with them, and typos are met before anything is sent", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const { words } = makeCodename("es");
  const sent = sentBy(page);
  await page.goto(address);
  await page
    .getByRole("textbox", { name: "Your message" })
    .fill("Once more, with the words I have.");
  await page.getByText("I have twelve words already").click();
  const field = page.getByRole("textbox", { name: "Your twelve words" });
  const wrong = `${words[0]}x`;
  await field.fill([wrong, ...words.slice(1)].join(", "));
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(field).toBeFocused();
  await expect(page.getByText("Not every word is in our list.")).toBeVisible();
  expect(sent.filter((url) => url.includes("/api/"))).toEqual([]);
  await page.getByRole("button", { name: words[0] ?? "", exact: true }).click();
  await expect(page.getByText("Not every word is in our list.")).toBeHidden();

  await field.fill(words.slice(0, 11).join(" "));
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(page.getByText("Here we count 11.")).toBeVisible();
  expect(sent.filter((url) => url.includes("/api/"))).toEqual([]);

  await field.fill(words.join(" "));
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(page.getByText("with the twelve words that you have")).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByRole("list", { name: "Your twelve words" })).toBeHidden();
});

test("what is over is answered as what never was", async ({ page, request }) => {
  test.setTimeout(120_000);
  await write(page, "This one will be over.");
  const words = await shownWords(page);
  const [letter] = (await box.letters(key)).filter(({ body }) => body.includes("will be over"));
  if (!letter) throw new Error("it did not arrive");
  await box.answer(letter, "Too late.");
  await box.sql`update replies set expires_on = current_date - 1 where therapist_id = ${box.id}`;
  await look(page, words);
  await expect(page.getByText(nothing)).toBeVisible({ timeout: 60_000 });
  await look(page, makeCodename("en").words);
  await expect(page.getByText(nothing)).toBeVisible({ timeout: 60_000 });
  const bytes = await Promise.all(
    ["/replies", "/replies"].map(async (path) => (await request.get(path)).text()),
  );
  expect(bytes[0]).toBe(bytes[1]);
});

const breaks: Record<string, { says: RegExp; when: (page: Page) => Promise<unknown> }> = {
  "the network": {
    says: /We could not reach the site\. Nothing was sent/,
    when: (page) => page.route("**/api/enquiries/challenge", (route) => route.abort()),
  },
  "the network, at the last step": {
    says: /we cannot say whether it arrived/,
    when: (page) => page.route("**/api/enquiries", (route) => route.abort()),
  },
  "the database": {
    says: /Our database does not answer just now/,
    when: (page) =>
      page.route("**/api/enquiries", (route) =>
        route.fulfill({ status: 503, json: { problem: "away" } }),
      ),
  },
  "a crowd": {
    says: /Very many messages came in just now/,
    when: (page) =>
      page.route("**/api/enquiries", (route) =>
        route.fulfill({ status: 429, json: { problem: "busy" } }),
      ),
  },
  "a proof that lapsed": {
    says: /That took too long/,
    when: (page) =>
      page.route("**/api/enquiries", (route) =>
        route.fulfill({ status: 422, json: { problem: "proof-expired" } }),
      ),
  },
  "an answer that is none": {
    says: /Something went wrong/,
    when: (page) =>
      page.route("**/api/enquiries/challenge", (route) =>
        route.fulfill({ body: "<h1>Portal</h1>", contentType: "text/html" }),
      ),
  },
  "the worker": {
    says: /A part of this page did not load/,
    when: (page) => page.route("**/proof-worker.js*", (route) => route.fulfill({ status: 404 })),
  },
  "a policy against workers": {
    says: /A part of this page did not load/,
    when: (page) =>
      page.route(`**${address}`, async (route) => {
        const response = await route.fetch();
        const headers = response.headers();
        const policy = headers["content-security-policy"] ?? "";
        await route.fulfill({
          response,
          headers: {
            ...headers,
            "content-security-policy": policy.replace("worker-src 'self'", "worker-src 'none'"),
          },
        });
      }),
  },
};

for (const [what, { says, when }] of Object.entries(breaks)) {
  test(`when this breaks: ${what}, the words stay in the page and leave it for nowhere`, async ({
    page,
    context,
  }) => {
    const canary = `Canary${Date.now()}InACage`;
    const sent = sentBy(context);
    await when(page);
    await write(page, canary);
    await expect(page.getByRole("alert").filter({ hasText: says })).toBeVisible({
      timeout: 60_000,
    });
    await expect(page.getByRole("textbox", { name: "Your message" })).toHaveValue(canary);
    await page.getByRole("textbox", { name: "Your message" }).press("Control+Enter");
    expectNowhere(canary, sent);
    // Once it is mended, the same press sends it.
    if (what === "the network, at the last step") {
      await page.unroute("**/api/enquiries");
      await page.getByRole("button", { name: "Seal and send" }).click();
      await shownWords(page);
      expectNowhere(canary, sent);
    }
  });
}

for (const [what, block] of [
  ["are off", null],
  ["do not load", "**/letters.js*"],
] as const) {
  test(`where scripts ${what} there is nothing that could send plain words`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ javaScriptEnabled: block !== null });
    const page = await context.newPage();
    if (block) await page.route(block, (route) => route.abort());
    for (const path of [address, "/replies", `${profileOf(persona)}/report?back=1`]) {
      await page.goto(path);
      await expect(
        page.getByRole("heading", { name: "Scripts are not running here" }),
      ).toBeVisible();
      for (const name of ["Seal and send", "Look for an answer", "Send it to the moderators"]) {
        await expect(page.getByRole("button", { name })).toHaveCount(0);
      }
    }
    await page.goto(address);
    const fields = page.locator("[data-seal] :is(input, textarea)");
    for (const field of await fields.all()) expect(await field.getAttribute("name")).toBeNull();
    await page.getByRole("link", { name: /^See how else/ }).click();
    await expect(page).toHaveURL(/\/contact$/);
    await page.goto(`${profileOf(persona)}/report?back=1`);
    await page.getByRole("link", { name: /works without scripts/ }).click();
    await expect(page.getByRole("button", { name: "Send it to the moderators" })).toBeVisible();
    await context.close();
  });
}

test("a key that changes meanwhile is shown before anything is sealed to it", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto(address);
  await page.getByRole("textbox", { name: "Your message" }).fill("To whichever key is right.");
  const before = await page.locator("[data-fingerprint]").innerText();
  key = await box.giveKey();
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The lock has changed" })).toBeVisible();
  expect(await page.locator("[data-fingerprint]").innerText()).not.toBe(before);
  expect((await box.letters(key)).map(({ body }) => body)).not.toContain(
    "To whichever key is right.",
  );
  await page.getByRole("button", { name: "Seal and send" }).click();
  await shownWords(page);
  expect((await box.letters(key)).map(({ body }) => body)).toContain("To whichever key is right.");
});

for (const javaScriptEnabled of [true, false]) {
  test(`text that is sealed already goes in by the box, scripts ${javaScriptEnabled ? "on" : "off"}`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    const sent = sentBy(page);
    await page.goto(address);
    await page.getByText("Lock your words yourself", { exact: true }).click();
    const field = page.getByLabel("The locked text");
    const button = page.getByRole("button", { name: "Send the locked text" });
    const plain = `Plain${Date.now()}Words`;
    await field.fill(plain);
    await button.click();
    await expect(page.getByText("There are words here that anyone can read.")).toBeVisible();
    await expect(field).toHaveValue(plain);
    // With scripts it does not even leave the page; without them nothing of it is kept.
    expect(sent.join().includes(plain)).toBe(!javaScriptEnabled);
    expectNowhere(plain, [await box.wholeDatabase()]);

    const encrypter = new Encrypter();
    encrypter.addRecipient((await page.locator("[data-recipient-text]").innerText()).trim());
    await field.fill(armor.encode(await encrypter.encrypt("Sealed by hand.")));
    await button.click();
    await expect(page).toHaveURL(/\/write\/sent$/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your message is on its way");
    await context.close();
  });
}

test("a therapist without a key takes no sealed messages, and nobody is one without a listing", async ({
  page,
  request,
}) => {
  await page.goto(`${profileOf("lia-listed")}/write`);
  await expect(page.getByText(/takes no sealed messages here/)).toBeVisible();
  await page.getByRole("button", { name: /^Show ways to reach/ }).click();
  await expect(page.locator("dl.facts")).toBeVisible();
  await expect(page.getByRole("link", { name: "Write a sealed message" })).toHaveCount(0);
  await page.goto(`${profileOf(persona)}/contact`);
  await page.getByRole("link", { name: "Write a sealed message" }).click();
  await expect(page).toHaveURL(new RegExp(`${address}$`));
  for (const path of ["nobody-at-all", "sam-suspended"]) {
    const slug = path === "sam-suspended" ? profileOf(path).split("/").at(-1) : path;
    expect((await request.get(`/therapists/${slug}/write`)).status(), path).toBe(404);
  }
});

test("a report with a way back carries where an answer is left, and not the words", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const sent = sentBy(page);
  await page.goto(`${profileOf(persona)}/report`);
  expect(await page.locator("script").count()).toBe(0);
  await page.getByRole("link", { name: "I want to be able to read an answer" }).click();
  const list = page.getByRole("list", { name: "Your twelve words" }).getByRole("listitem");
  await expect(list).toHaveCount(12);
  const words = await list.allInnerTexts();
  const told = `The fee is another one ${Date.now()}`;
  await page.getByLabel("In your own words").fill(told);
  const button = page.getByRole("button", { name: "Send it to the moderators" });
  await button.click();
  await expect(page.getByText("Please write down the twelve words first")).toBeVisible();
  await page.getByLabel("I have written down the twelve words").check();
  // Something is missing: the page comes back, and the words that were kept still count.
  await button.click();
  await expect(page.getByText("The twelve words that you wrote down still count.")).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByLabel("In your own words")).toHaveValue(told);
  await page.getByRole("radio", { name: /Something here is not right/ }).check();
  await sendReport(page);
  await expect(page.getByText("you can read it with your twelve words")).toBeVisible();
  expectNowhere(words.join(" "), sent);
  expectNowhere(words.slice(3, 5).join(" "), sent);
  const rows = await box.sql`
    select reply_token_hash, reply_recipient from reports where therapist_id = ${box.id}
      and reply_token_hash is not null order by received_on desc`;
  expect(rows.length).toBeGreaterThan(0);
  expect(rows[0]?.reply_recipient).toMatch(/^age1/);
});

test.describe("leaving fast", () => {
  const open = async (page: Page) => {
    await page.goto(address);
    await page.getByRole("textbox", { name: "Your message" }).pressSequentially("Not sent yet");
    const exit = page.getByRole("link", { name: "Leave this site" });
    const target = (await exit.getAttribute("href")) ?? "";
    await page
      .context()
      .route(`${target}**`, (route) =>
        route.fulfill({ contentType: "text/html", body: "<title>Elsewhere</title>" }),
      );
    const asked: string[] = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.type());
      dialog.accept();
    });
    return { exit, asked };
  };

  test("three presses of Shift leave, with words unsent and nobody asked", async ({ page }) => {
    const { asked } = await open(page);
    for (let press = 0; press < 3; press++) await page.keyboard.press("Shift");
    await expect(page).toHaveTitle("Elsewhere");
    expect(asked).toEqual([]);
  });

  test("so does the link", async ({ page }) => {
    const { asked, exit } = await open(page);
    await exit.click();
    await expect(page).toHaveTitle("Elsewhere");
    expect(asked).toEqual([]);
  });

  test("capitals, other keys between, and slow presses do not", async ({ page }) => {
    const { asked } = await open(page);
    await page.keyboard.press("Shift+A");
    await page.keyboard.press("Shift+B");
    await page.keyboard.press("Shift+C");
    await page.keyboard.press("Shift");
    await page.keyboard.press("Shift");
    await page.keyboard.press("x");
    await page.keyboard.press("Shift");
    await expect(page.getByRole("textbox", { name: "Your message" })).toHaveValue(
      "Not sent yetABCx",
    );
    // A page that is left in any other way asks first.
    await page.reload();
    expect(asked).toEqual(["beforeunload"]);
  });
});

for (const [path, colorScheme] of [
  ["", "light"],
  ["/es", "dark"],
] as const) {
  test(`by keyboard alone, at 360 px, ${colorScheme}${path}: no axe violation on the way`, async ({
    browser,
  }) => {
    test.setTimeout(180_000);
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: 360, height: 740 },
    });
    const page = await context.newPage();
    const spanish = path === "/es";
    const expectClean = async (where: string) => {
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
        .analyze();
      expect(
        violations.map(({ id, nodes }) => `${where} ${id} ${nodes[0]?.html}`),
        where,
      ).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, where).toBeLessThanOrEqual(360);
    };
    const tabTo = async (name: RegExp) => {
      for (let press = 0; press < 60; press++) {
        await page.keyboard.press("Tab");
        const at = page.locator(":focus");
        const said = await at.evaluate((element) => {
          const labels = element instanceof HTMLTextAreaElement ? element.labels : null;
          return labels?.[0]?.textContent ?? element.textContent ?? "";
        });
        if (name.test(said)) return at;
      }
      throw new Error(`the keyboard does not get to ${name}`);
    };

    await page.goto(`${path}${address}`);
    await expectClean("write");
    await tabTo(spanish ? /Tu mensaje/ : /Your message/);
    await page.keyboard.type("By keyboard.");
    await tabTo(spanish ? /Cerrar y enviar/ : /Seal and send/);
    await page.keyboard.press("Enter");
    const heading = spanish
      ? "Ahora anota estas doce palabras"
      : "Now write down these twelve words";
    await expect(page.getByRole("heading", { name: heading })).toBeFocused({ timeout: 60_000 });
    await expectClean("sent");
    const list = page.locator(".codename li");
    const words = await list.allInnerTexts();

    await page.goto(`${path}/replies`);
    await expectClean("replies");
    await tabTo(spanish ? /Tus doce palabras/ : /Your twelve words/);
    await page.keyboard.type([`${words[0]}q`, ...words.slice(1)].join(" "));
    await tabTo(spanish ? /Buscar una respuesta/ : /Look for an answer/);
    await page.keyboard.press("Enter");
    await expect(page.locator(".suggestion").first()).toBeVisible();
    await expectClean("typo");
    await page.goto(`${path}${profileOf(persona)}/report?back=1`);
    await expect(list).toHaveCount(12);
    await expectClean("way back");
    await context.close();
  });
}

test("it works without WebAssembly and without compiled scripts, in a time that people wait", async ({
  playwright,
}, { project }) => {
  test.setTimeout(180_000);
  const { baseURL = "", launchOptions } = project.use;
  const slow = await playwright.chromium.launch({
    ...launchOptions,
    args: [...(launchOptions?.args ?? []), "--js-flags=--jitless --noexpose-wasm"],
  });
  const page = await slow.newPage({ baseURL });
  await page.goto(address);
  expect(await page.evaluate(() => typeof WebAssembly)).toBe("undefined");
  await page.getByRole("textbox", { name: "Your message" }).fill("Slowly, but whole.");
  const began = Date.now();
  await page.getByRole("button", { name: "Seal and send" }).click();
  const words = await shownWords(page);
  const written = Date.now() - began;
  await look(page, words);
  await expect(page.getByText(nothing)).toBeVisible({ timeout: 60_000 });
  test.info().annotations.push({ type: "measured", description: `${written} ms to write` });
  expect(written).toBeLessThan(60_000);
  await slow.close();
});
