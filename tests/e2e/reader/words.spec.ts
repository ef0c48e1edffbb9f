import { expect, type Page, test } from "@playwright/test";

const paths = ["/guide", "/help-now", "/for-therapists", "/privacy"].flatMap((path) => [
  path,
  `/es${path}`,
]);

const main = (page: Page) => page.getByRole("main");

async function linksOf(page: Page): Promise<{ href: string; rel: string }[]> {
  const links = await main(page).getByRole("link").all();
  return Promise.all(
    links.map(async (link) => ({
      href: (await link.getAttribute("href")) ?? "",
      rel: (await link.getAttribute("rel")) ?? "",
    })),
  );
}

for (const path of paths) {
  test(`${path}: every link of the contents leads to a heading`, async ({ page }) => {
    await page.goto(path);
    const contents = main(page).getByRole("navigation").getByRole("link");
    expect(await contents.count()).toBeGreaterThan(3);
    for (const link of await contents.all()) {
      const target = page.locator((await link.getAttribute("href")) ?? "");
      await expect(target).toHaveText((await link.textContent()) ?? "");
      await expect(target).toHaveRole("heading");
    }
  });

  test(`${path}: no link says who sent a reader, and ours lead somewhere`, async ({
    page,
    request,
  }) => {
    await page.goto(path);
    const links = await linksOf(page);
    expect(links.length).toBeGreaterThan(3);
    for (const { href, rel } of links) {
      if (/^(tel|sms):/.test(href)) expect(href).toMatch(/^(tel|sms):\d+$/);
      else if (/^\w+:/.test(href)) {
        expect(href).toMatch(/^https:\/\/[^?#@]+$/);
        expect(rel).toContain("noreferrer");
      }
    }
    const own = new Set(links.map(({ href }) => href).filter((href) => href.startsWith("/")));
    for (const href of own) {
      expect((await request.get(href)).status(), href).toBe(200);
    }
  });
}

test.describe("with scripts off", () => {
  test.use({ javaScriptEnabled: false });

  test("someone in danger reads what to do, and finds a number by country", async ({ page }) => {
    await page.goto("/therapists");
    await page.getByRole("banner").getByRole("link", { name: "Help lines" }).click();
    await expect(page.getByRole("heading", { level: 2 }).first()).toHaveText(
      "If you are in danger right now",
    );
    await page.getByRole("navigation", { name: "Choose a country" }).getByText("Spain").click();
    expect(new URL(page.url()).search).toBe("");
    await expect(page.getByRole("heading", { name: "Spain" })).toBeInViewport();
    const spain = page.getByRole("region", { name: "Spain" });
    await expect(spain.getByRole("link", { name: "Call 024" })).toHaveAttribute("href", "tel:024");
  });

  test("each line says what it does without a yes, and what we are not sure of", async ({
    page,
  }) => {
    await page.goto("/help-now");
    const line = (name: string) => page.getByRole("article", { name, exact: true });
    await expect(line("Trans Lifeline").first()).toContainText("send nobody unless you want it");
    await expect(line("988 Suicide & Crisis Lifeline")).toContainText("They can send police");
    await expect(line("SWOP Community Support Line")).toContainText("we are not sure");
    for (const entry of await page.getByRole("article").all()) {
      await expect(entry).toContainText("Without your yes");
    }
  });

  test("someone choosing a therapist finds what to ask, and what has to be reported", async ({
    page,
  }) => {
    await page.goto("/");
    await page.getByRole("banner").getByRole("link", { name: "Guide" }).click();
    await expect(main(page)).toContainText("A lawyer where you live knows more");
    await page.getByRole("link", { name: "What they must report" }).click();
    await expect(page.getByRole("heading", { name: "What they must report" })).toBeInViewport();
    const reporting = page.getByRole("region", { name: "What they must report" });
    await expect(reporting).toContainText("is not by itself something that therapists must report");
    await expect(reporting).toContainText("22 U.S.C. 7102(11)");
  });

  test("a therapist reads what to do instead, where to learn, and how to begin", async ({
    page,
  }) => {
    await page.goto("/");
    await page
      .getByRole("contentinfo")
      .getByRole("link", { name: "For therapists", exact: true })
      .click();
    await expect(main(page)).toContainText("pay for a course");
    await page.getByRole("link", { name: "Equitable Care Certification (ECC)" }).click();
    await expect(
      page.getByRole("heading", { name: "Equitable Care Certification (ECC)" }),
    ).toBeInViewport();
    await page.goBack();
    await page.getByRole("link", { name: "Sign in or begin" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  });

  test("the privacy page says what could be handed over, and that the code could lie", async ({
    page,
  }) => {
    await page.goto("/privacy");
    await expect(main(page)).toContainText("If we were taken over, it could lie.");
    await expect(main(page)).toContainText("A letter goes after 30 days, or 14 days after");
    const held = page.getByRole("region", { name: "What we hold, and for how long" });
    await expect(held.getByRole("row", { name: /We hold them locked/ })).toContainText("30 days");
  });
});

test("on paper, the guide begins with the questions and has no links to click", async ({
  page,
}) => {
  await page.goto("/guide");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation", { name: "On this page" })).toBeHidden();
  await expect(page.getByRole("banner")).toBeHidden();
  const question = page.getByRole("heading", { name: "How do you see sex work?" });
  await expect(question).toBeVisible();
  expect((await page.pdf({ format: "A4" })).byteLength).toBeGreaterThan(10_000);
});
