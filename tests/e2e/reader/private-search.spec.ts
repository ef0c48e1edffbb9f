import { type BrowserContext, expect, type Page, test } from "@playwright/test";

const canary = "kestrel";
const criteria = new RegExp(`${canary}|emdr|US-CA|modality|region|sort=`, "i");

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with scripts ${javaScriptEnabled ? "on" : "off"}`, () => {
    test.use({ javaScriptEnabled });

    test("a private search leaves no criteria in addresses, referrers or titles", async ({
      page,
      context,
    }) => {
      const told = watch(context);
      await page.goto("/");
      await page.getByLabel("What are you looking for?").fill(canary);
      await page.getByLabel("Where will you be during sessions?").selectOption("US-CA");
      await privately(page).click();
      await expect(page.getByLabel("Words")).toHaveValue(canary);
      await expect(page.getByLabel("Where you will be")).toHaveValue("US-CA");
      await expect(page.getByText("Your words are not in the address.")).toBeVisible();

      // Whatever is pressed from here keeps to it: a chip, Enter, a group in full, the other language.
      await page.getByRole("link", { name: `Remove: “${canary}”` }).click();
      await page.getByLabel("Words").fill(`EMDR ${canary}`);
      await page.getByLabel("Words").press("Enter");
      await expect(page.getByLabel("Words")).toHaveValue(`EMDR ${canary}`);
      await page.getByLabel("Words").fill("");
      await page.getByLabel("Words").press("Enter");
      await expect(page.getByLabel("Words")).toHaveValue("");
      await openFilters(page);
      await page.getByLabel("Sort by").selectOption("recent");
      await page.getByText("What you want to work on", { exact: true }).click();
      await page
        .locator("details#concern")
        .getByRole("button", { name: /^Show all \d+/ })
        .click();
      await expect(page).toHaveURL(/#group$/);
      await expect(page.getByLabel("Sort by")).toHaveValue("recent");
      await page.getByRole("link", { name: "Next" }).click();
      await expect(page.getByText("Page 2 of")).toBeVisible();
      await page.getByRole("link", { name: "Español" }).click();
      await expect(page.getByLabel("Ordenar por")).toHaveValue("recent");
      await page.getByRole("article").first().getByRole("link").first().click();
      await expect(page).toHaveURL(/\/es\/therapists\/[a-z0-9-]+$/);

      expect(told.length).toBeGreaterThan(10);
      expect(told.filter((text) => criteria.test(text))).toEqual([]);
      const history = await historyOf(page, context);
      expect(history.length).toBeGreaterThan(6);
      for (const entry of history) {
        expect(`${entry.url} ${entry.userTypedURL} ${entry.title}`).not.toMatch(criteria);
      }
      if (javaScriptEnabled) {
        expect(await page.evaluate(() => document.referrer)).toMatch(/\/therapists\?s=[\w-]+$/);
      }
    });

    test("back and forward find each search as it was", async ({ page }) => {
      await page.goto("/therapists");
      await page.getByLabel("Words").fill("EMDR");
      await privately(page).click();
      const first = await page.getByRole("status").innerText();
      await page.getByLabel("Words").fill("qqqqzzzz");
      await page.getByLabel("Words").press("Enter");
      await expect(page.getByRole("status")).toHaveText("No therapists found");
      await page.goBack();
      await expect(page.getByRole("status")).toHaveText(first);
      await expect(page.getByRole("link", { name: "Remove: “EMDR”" })).toBeVisible();
      await page.goForward();
      await expect(page.getByRole("status")).toHaveText("No therapists found");
      await page.reload();
      await expect(page.getByRole("status")).toHaveText("No therapists found");
      await page.getByRole("link", { name: /^Without “Words”/ }).click();
      await expect(page).toHaveURL(/\/therapists\?s=[\w-]+$/);
    });
  });
}

test("wrong values get the notices of the open search", async ({ page, request, baseURL }) => {
  const wrong = { modality: "astrology", region: "US-XX", where: "Nowhere At All", sort: "near" };
  const open = await (await request.get(`/therapists?${new URLSearchParams(wrong)}`)).text();
  const sent = await request.post("/therapists", { form: wrong, maxRedirects: 0 });
  expect(sent.status()).toBe(303);
  const sealed = await (await request.get(sent.headers().location ?? "")).text();
  const notices = (html: string) => html.match(/<section class="notice".*?<\/section>/gs);
  expect(notices(sealed)).toHaveLength(2);
  expect(notices(sealed)).toEqual(notices(open));
  await page.goto(new URL(sent.headers().location ?? "", baseURL).href);
  await expect(page.getByRole("region", { name: "We left something out" })).toContainText(
    "“astrology”",
  );
});

test("one length of address, whatever was asked; two addresses for one search", async ({
  request,
}) => {
  const addressOf = async (form: Record<string, string>) =>
    (await request.post("/therapists", { form, maxRedirects: 0 })).headers().location ?? "";
  const addresses = await Promise.all(
    [{}, { q: "a" }, { q: "a" }, { q: "b".repeat(200), region: "US-CA", modality: "emdr" }].map(
      addressOf,
    ),
  );
  expect(new Set(addresses).size).toBe(4);
  expect(new Set(addresses.map((address) => address.length)).size).toBe(1);
});

test("a private page is made anew for each asking, and kept nowhere", async ({ request }) => {
  const sent = await request.post("/therapists", { form: { q: "EMDR" }, maxRedirects: 0 });
  const ask = (path: string) => request.get(path);
  const path = sent.headers().location ?? "";
  const [one, other] = [await ask(path), await ask(path)];
  expect(one.headers()["cache-control"]).toBe("no-store");
  expect(sent.headers()["cache-control"]).toBe("no-store");
  // Each making seals its links anew; an open page that is kept has the same bytes twice.
  const same = (await one.text()) === (await other.text());
  expect(same).toBe(false);
  const open = "/therapists?q=EMDR";
  const [first, second] = [await ask(open), await ask(open)];
  expect(await first.text()).toBe(await second.text());
});

test("an address that opens no more says so, and hands out an empty form", async ({ page }) => {
  for (const [path, heading, say] of [
    ["/therapists?s=nonsense", "This search has lapsed", "We kept nothing of it."],
    ["/es/therapists?s=", "Esta búsqueda ha caducado", "No guardamos nada de ella."],
  ] as const) {
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(410);
    await expect(page.getByRole("region", { name: heading })).toContainText(say);
    await expect(page.getByRole("searchbox")).toHaveValue("");
  }
  // It was private, so the form that it hands out is.
  await page.getByRole("searchbox").fill(canary);
  await page.getByRole("searchbox").press("Enter");
  await expect(page).toHaveURL(/\/es\/therapists\?s=[\w-]+$/);
});

test("another site cannot send someone into a search", async ({ request }) => {
  const answer = await request.post("/therapists", {
    form: { q: "planted" },
    headers: { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(403);
});

/** Addresses and referrers of all that is asked for. */
function watch(context: BrowserContext): string[] {
  const told: string[] = [];
  context.on("request", async (request) => {
    told.push(request.url());
    const { referer } = await request.allHeaders();
    if (referer) told.push(referer);
  });
  return told;
}

async function historyOf(page: Page, context: BrowserContext) {
  const session = await context.newCDPSession(page);
  return (await session.send("Page.getNavigationHistory")).entries;
}

function privately(page: Page) {
  return page.getByRole("button", { name: "Search without a trace in the address" });
}

async function openFilters(page: Page): Promise<void> {
  const summary = page.getByText(/^Filters/).first();
  if (await summary.isVisible()) await summary.click();
}
