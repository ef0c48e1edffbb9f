import { expect, test } from "@playwright/test";

const emdrInSpanish = "/therapists?region=US-CA&format=video&modality=emdr&language=es";

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with scripts ${javaScriptEnabled ? "on" : "off"}`, () => {
    test.use({ javaScriptEnabled });

    test("someone finds EMDR by video in California in Spanish, and reads who checked what", async ({
      page,
    }) => {
      await page.goto("/");
      await page.getByLabel("What are you looking for?").fill("EMDR");
      await page.getByLabel("Where will you be during sessions?").selectOption("US-CA");
      await page.getByLabel("Video").check();
      await page.getByRole("button", { name: "Search", exact: true }).click();

      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Therapists");
      await expect(page.getByRole("status")).toContainText(/\d+ therapists?/);
      await openFilters(page);
      await page.getByText("Languages", { exact: true }).first().click();
      await page.getByRole("checkbox", { name: /^Spanish/ }).check();
      await page
        .getByRole("button", { name: /^Show results \(\d+ now\)/ })
        .last()
        .click();

      const cards = page.getByRole("list", { name: "Therapists" }).getByRole("article");
      await expect(cards.first()).toBeVisible();
      for (const card of await cards.all()) await expect(card).toContainText("Spanish");
      await expect(page.getByRole("link", { name: "Remove: Spanish" })).toBeVisible();

      const name = await cards.first().getByRole("heading").innerText();
      await cards.first().getByRole("link").first().click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
      const record = page.getByRole("region", { name: "What we checked" });
      for (const track of ["Identity", "Right to practise", "Safety", "Affirming practice"]) {
        await expect(record.getByRole("heading", { name: track })).toBeVisible();
      }
      await expect(record).toContainText(/we looked on \d+ \w+ \d{4}/);
      await expect(page.getByRole("region", { name: "Can they see you?" })).toContainText(
        "California",
      );
    });

    test("a chip takes its filter away, and nothing else", async ({ page }) => {
      await page.goto(emdrInSpanish);
      const before = await total(page);
      await page.getByRole("link", { name: "Remove: Spanish" }).click();
      await expect(page.getByRole("link", { name: "Remove: Video" })).toBeVisible();
      await expect(page.getByRole("link", { name: "Remove: Spanish" })).toHaveCount(0);
      expect(await total(page)).toBeGreaterThanOrEqual(before);
    });
  });
}

test("la misma búsqueda en español", async ({ page }) => {
  await page.goto("/es");
  await page.getByRole("combobox").selectOption({ label: "California" });
  await page.getByRole("button", { name: "Buscar", exact: true }).click();
  await expect(page).toHaveURL(/\/es\/therapists\?/);
  await page.goto(`/es${emdrInSpanish}`);
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await expect(page.getByRole("status")).toContainText(/\d+/);
  await expect(
    page.getByRole("list", { name: "Terapeutas" }).getByRole("article").first(),
  ).toBeVisible();
  await page.getByRole("link", { name: "English" }).click();
  await expect(page).toHaveURL(new RegExp(`${emdrInSpanish.replace("?", "\\?")}$`));
});

test("a facet's count is what choosing it gives", async ({ page }) => {
  await page.goto("/therapists?region=US-CA");
  await openFilters(page);
  await page.getByText("Kind of therapy", { exact: true }).first().click();
  const option = page.getByRole("checkbox", { name: /EMDR/ });
  const label = await page.locator("label", { has: option }).innerText();
  await option.check();
  await page
    .getByRole("button", { name: /^Show results/ })
    .first()
    .click();
  expect(await total(page)).toBe(Number(/(\d+)\s*$/.exec(label)?.[1]));
});

test("a long group is listed in full on request, and what was just ticked stays ticked", async ({
  page,
}) => {
  await page.goto("/therapists");
  await openFilters(page);
  await page.getByText("What you want to work on", { exact: true }).click();
  const group = page.locator("details#concern");
  const listed = await group.getByRole("checkbox").count();
  await group.getByRole("checkbox").first().check();
  await group.getByRole("button", { name: /^Show all \d+/ }).click();
  await expect(page).toHaveURL(/#concern$/);
  await expect(group.getByRole("checkbox").first()).toBeChecked();
  expect(await group.getByRole("checkbox").count()).toBeGreaterThan(listed);
});

test("an ambiguous town is asked back, and one click settles it", async ({ page }) => {
  await page.goto("/therapists?where=Portland&within=100");
  await expect(page.getByRole("heading", { name: "Which Portland?" })).toBeVisible();
  await page.getByRole("link", { name: "Portland, Oregon" }).click();
  await expect(page.getByRole("link", { name: /Within .* of Portland, Oregon/ })).toBeVisible();
});

test("nobody found: the page says which change would help, and it does", async ({ page }) => {
  await page.goto("/therapists?q=qqqqzzzz&region=US-CA");
  await expect(page.getByRole("status")).toHaveText("No therapists found");
  const way = page.getByRole("link", { name: /^Without “Words”: \d+ therapists$/ });
  const promised = Number(/(\d+)/.exec(await way.innerText())?.[1]);
  await way.click();
  expect(await total(page)).toBe(promised);
});

test("pages follow each other, and end where one search ends", async ({ page }) => {
  await page.goto("/therapists");
  const first = await page.getByRole("article").first().getByRole("heading").innerText();
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page.getByText("Page 2 of")).toBeVisible();
  expect(await page.getByRole("article").first().getByRole("heading").innerText()).not.toBe(first);
  await page.goto("/therapists?page=10");
  await expect(page.getByText("That is as far as one search goes", { exact: false })).toBeVisible();
});

test("keyboard alone: leave first, then the main text, then search and open a profile", async ({
  page,
}) => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Leave this site" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the main text" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("What are you looking for?")).toBeFocused();
  await page.keyboard.type("anxiety");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toContainText("therapists");
  const link = page.getByRole("article").first().getByRole("link");
  for (let presses = 0; presses < 60; presses += 1) {
    if (await link.evaluate((node) => node === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await expect(link).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Can they see you?" })).toBeVisible();
});

async function total(page: import("@playwright/test").Page): Promise<number> {
  return Number(/(\d+)/.exec(await page.getByRole("status").innerText())?.[1] ?? 0);
}

async function openFilters(page: import("@playwright/test").Page): Promise<void> {
  const summary = page.getByText(/^Filters/).first();
  if (await summary.isVisible()) await summary.click();
}
