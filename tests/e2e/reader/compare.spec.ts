import { expect, type Page, test } from "@playwright/test";
import { profileOf } from "../personas.ts";

const slugOf = (persona: string) => profileOf(persona).replace("/therapists/", "");
const facts = (page: Page) => page.getByRole("table").first();

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with scripts ${javaScriptEnabled ? "on" : "off"}`, () => {
    test.use({ javaScriptEnabled });

    test("ticked therapists stand side by side, openly or without a trace", async ({ page }) => {
      for (const [button, address] of [
        ["Compare", /\/compare\?t=[^&]+&t=[^&]+$/],
        ["Compare without a trace in the address", /\/compare\?s=[\w-]+$/],
      ] as const) {
        await page.goto("/therapists?region=US-CA");
        const names = await tick(page, 2);
        await page.getByRole("button", { name: button, exact: true }).click();
        await expect(page).toHaveURL(address);
        await expect(facts(page).getByRole("columnheader")).toHaveText(
          names.map((name) => new RegExp(`^${name}`)),
        );
        for (const row of [
          "Openings",
          "Where and how",
          "Fees",
          "Languages",
          "Right to practise, as we checked it",
          "What they did to learn",
          "What goes into their notes",
        ]) {
          const line = facts(page)
            .getByRole("row")
            .filter({
              has: page.getByRole("rowheader", { name: row, exact: true }),
            });
          await expect(line.getByRole("cell")).toHaveCount(2);
        }
        await page.goBack();
        await expect(page.getByRole("list", { name: "Therapists" })).toBeVisible();
      }
    });
  });
}

test("after a private search, the first button keeps to it", async ({ page }) => {
  await page.goto("/therapists");
  await page.getByRole("button", { name: "Search without a trace in the address" }).click();
  await tick(page, 2);
  await page
    .getByRole("checkbox", { name: /^Compare / })
    .first()
    .press("Enter");
  await expect(page).toHaveURL(/\/compare\?s=[\w-]+$/);
});

test("too many, twice the same, nobody and nonsense are said, and never an error", async ({
  page,
  request,
}) => {
  const lia = slugOf("lia-listed");
  const others = await slugsFound(page, 5);
  const cases: [query: string, says: string, columns: number][] = [
    ["", "Choose from 2 to 4 therapists", 0],
    [`t=${lia}`, "Choose from 2 to 4 therapists", 1],
    [`t=${lia}&t=${lia}`, "You chose someone twice", 1],
    [others.map((slug) => `t=${slug}`).join("&"), "You chose more than 4", 4],
    [`t=${lia}&t=nobody-here`, "One of those you chose is not listed", 1],
    [`t=${lia}&t=${slugOf("sam-suspended")}`, "One of those you chose is not listed", 1],
    [`t=${encodeURIComponent("'; drop table--\u202e")}&t=${"x".repeat(5000)}`, "2 of those", 0],
    ["t=%00&t=%ED%A0%80", "2 of those", 0],
    ["s=nonsense", "This address opens no more", 0],
  ];
  for (const [query, says, columns] of cases) {
    const answer = await page.goto(`/compare?${query}`);
    expect(answer?.status(), query).toBe(query.startsWith("s=") ? 410 : 200);
    await expect(page.getByRole("main").locator(".notice"), query).toContainText(says);
    await expect(facts(page).getByRole("columnheader"), query).toHaveCount(columns);
    expect(await page.title()).not.toMatch(/therapist|sex/i);
  }
  const sent = await request.post("/compare", {
    data: `t=${lia}&t=x`.repeat(2000),
    headers: {
      "content-type": "application/x-www-form-urlencoded",
    },
  });
  expect(sent.status()).toBe(200);
  expect(await sent.text()).not.toContain(slugOf("sam-suspended"));
});

for (const width of [360, 1280]) {
  test(`four fit in a frame of their own at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    const slugs = await slugsFound(page, 4);
    await page.goto(`/compare?${slugs.map((slug) => `t=${slug}`).join("&")}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      width,
    );
    const frame = page.getByRole("region", { name: "Side by side" });
    await frame.focus();
    await expect(frame).toBeFocused();
    const wide = await frame.evaluate((node) => node.scrollWidth > node.clientWidth);
    expect(wide).toBe(width === 360);
  });
}

test("two print on one sheet, A4 and Letter, in both languages", async ({ page }) => {
  const [one, other] = await slugsFound(page, 2);
  for (const path of ["/compare", "/es/compare"]) {
    await page.goto(`${path}?t=${one}&t=${other}`);
    await page.emulateMedia({ media: "print" });
    await expect(page.getByRole("banner")).toBeHidden();
    for (const format of ["A4", "Letter"]) expect(await pagesOf(page, format), path).toBe(1);
  }
});

test("the sheet to take along is one page, and its own words name neither site nor work", async ({
  page,
}) => {
  await page.goto(profileOf("lia-listed"));
  await page.getByRole("link", { name: "A sheet to take along" }).click();
  const sheet = page.getByRole("article");
  await expect(sheet.getByRole("heading", { level: 2 })).toHaveCount(6);
  await expect(sheet).toContainText(/written on \d+ \w+ \d{4}/);
  for (const locale of ["", "/es"]) {
    for (const words of ["", "?words=none"]) {
      await page.goto(`${locale}${profileOf("lia-listed")}/card${words}`);
      await page.emulateMedia({ media: "print" });
      for (const format of ["A4", "Letter"]) expect(await pagesOf(page, format)).toBe(1);
      const printed = await page.locator("body").innerText();
      expect(await page.title()).not.toMatch(/sex|therap|terap/i);
      if (words) expect(printed).not.toMatch(/sex|Parasol|demo/i);
      await page.emulateMedia({ media: "screen" });
    }
  }
});

test("nobody whom readers may not see has a sheet", async ({ request }) => {
  for (const persona of ["sam-suspended", "paul-paused", "xena-expired"]) {
    expect((await request.get(`${profileOf(persona)}/card`)).status(), persona).toBe(404);
  }
});

async function tick(page: Page, count: number): Promise<string[]> {
  const cards = page.getByRole("article");
  const names: string[] = [];
  for (let at = 0; at < count; at += 1) {
    await cards
      .nth(at)
      .getByRole("checkbox", { name: /^Compare / })
      .check();
    names.push(await cards.nth(at).getByRole("heading").innerText());
  }
  return names;
}

async function slugsFound(page: Page, count: number): Promise<string[]> {
  await page.goto("/therapists");
  const boxes = page.getByRole("checkbox", { name: /^Compare / });
  return Promise.all(
    Array.from({ length: count }, (_, at) => boxes.nth(at).getAttribute("value")),
  ).then((values) => values.map((value) => value ?? ""));
}

async function pagesOf(page: Page, format: string): Promise<number> {
  const pdf = (await page.pdf({ format, preferCSSPageSize: false })).toString("latin1");
  return pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}
