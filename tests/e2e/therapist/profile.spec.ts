import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { makePdf } from "../../support/files/pdfs.ts";
import { answerCore, save, saved, sendProfile } from "../send-profile.ts";
import { newAddress, signIn } from "../sign-in.ts";

// A whole profile is many pages, and each of them is really saved.
test.setTimeout(120_000);
test.use({ viewport: { width: 360, height: 740 } });

async function fillBasics(page: Page, name = "Robin Example"): Promise<void> {
  await page.goto("/account/profile/basics");
  await page.getByLabel("Name that readers see").fill(name);
  await page.getByLabel("One line in your own words").fill("I ask what you want to work on.");
  await save(page);
  await saved(page);
}

async function fillPlace(page: Page): Promise<void> {
  await page.goto("/account/profile/place");
  await page.getByRole("checkbox", { name: "In person" }).check();
  await page.getByRole("checkbox", { name: "Video" }).check();
  await page.getByLabel("State or region").selectOption("US-NV");
  await page.getByLabel("Town", { exact: true }).fill("Reno");
  await page.getByRole("radio", { name: "The town only" }).check();
  await page.getByLabel("Language", { exact: true }).selectOption({ label: "English" });
  await page.getByLabel("How well").selectOption("therapy");
  await save(page);
  await saved(page);
}

async function addLicence(page: Page, number = "LIC-1234"): Promise<void> {
  await page.goto("/account/profile/licences");
  await page.getByRole("link", { name: "Add a licence or registration" }).click();
  await page.getByLabel("Where was it given?").selectOption("US-NV");
  await page.getByRole("button", { name: "Continue" }).click();
  await page
    .getByRole("link", { name: /marriage and family/i })
    .first()
    .click();
  await page.getByLabel("Number", { exact: true }).fill(number);
  await page.getByLabel("Ends on").fill("2028-01-31");
  await save(page);
  await saved(page);
}

async function addTraining(page: Page): Promise<void> {
  await page.goto("/account/profile/trainings");
  await page.getByLabel("From the catalogue").selectOption("ecc");
  await page.getByRole("radio", { name: "Yes" }).check();
  await page.getByLabel("Year", { exact: true }).fill("2024");
  await save(page);
  await saved(page);
}

async function fillTheRest(page: Page): Promise<void> {
  await page.goto("/account/profile/disclosure");
  await page.getByLabel("What you must report, and when").fill("Only a danger to life.");
  await page.getByLabel("What goes into your notes").fill("Date, theme, next step.");
  await save(page);
  await saved(page);
  await page.goto("/account/profile/fees");
  await page.getByLabel("Lowest full fee").fill("120");
  await page.getByLabel("Currency", { exact: true }).selectOption("USD");
  await save(page);
  await saved(page);
  await page.goto("/account/profile/about");
  await page.getByRole("textbox", { name: "How you work" }).fill("We start where you want to.");
  await page.getByRole("textbox", { name: "About you" }).fill("I have practised for ten years.");
  await save(page);
  await saved(page);
  await page.goto("/account/profile/contact");
  await page.getByLabel("Kind", { exact: true }).selectOption("email");
  await page.getByLabel("Number or address").fill("robin@practice.example");
  await save(page);
  await saved(page);
}

async function takeDataAndLeave(page: Page, name: string): Promise<void> {
  await page.goto("/account/settings");
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download my data" }).click();
  const path = await (await downloading).path();
  expect(readFileSync(path, "utf8")).toContain(name);
  await page.goto("/account/settings/delete");
  await page.getByRole("checkbox", { name: "Yes, delete my account" }).check();
  await page.getByRole("button", { name: "Delete my account" }).click();
  await expect(page.getByText(/Your account goes on/)).toBeVisible();
}

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("from a sign-in link to a profile that is sent, taken back, and let go", async ({
      page,
    }) => {
      await signIn(page, newAddress());
      await page.goto("/account/profile");
      await expect(page.getByText(/things are still missing/)).toBeVisible();

      await fillBasics(page);
      await fillPlace(page);
      await addLicence(page);
      await page.getByRole("link", { name: /Documents for this licence/ }).click();
      const file = { name: "licence.pdf", mimeType: "application/pdf", buffer: makePdf(1) };
      await page.getByLabel("Document", { exact: true }).setInputFiles(file);
      await page.getByRole("button", { name: "Add this document" }).click();
      await expect(page.getByRole("link", { name: "licence.pdf" })).toBeVisible();
      await addTraining(page);
      await answerCore(page);
      await fillTheRest(page);

      await page.goto("/account/profile");
      await expect(page.getByText("Everything that is needed is there.")).toBeVisible();
      await page.goto("/account/profile/preview");
      const preview = page.getByRole("region", { name: "What readers will see" });
      await expect(
        preview.getByRole("heading", { name: "Robin Example", exact: true }),
      ).toBeVisible();
      await expect(preview).toContainText("robin@practice.example");
      const looks = page.getByRole("region", { name: "What moderators will check" });
      await expect(looks).toContainText("LIC-1234, Nevada");
      await expect(looks).toContainText("Equitable Care Certification");

      await page.getByRole("button", { name: "Send", exact: true }).click();
      await expect(page.getByRole("alert")).toContainText("Please tick the box");
      await sendProfile(page);

      await page.goto("/account/profile/basics");
      await expect(page.getByLabel("Name that readers see")).toBeDisabled();
      await page.goto("/account/profile");
      await page.getByRole("button", { name: "Take it back to change it" }).click();
      await fillBasics(page, "Robin Changed");
      await page.goto("/account");
      await expect(page.getByText("You are not listed.")).toBeVisible();
      await takeDataAndLeave(page, "Robin Changed");
    });
  });
}

test("all mistakes are told at once, next to the fields, and nothing typed is lost", async ({
  page,
}) => {
  await signIn(page, newAddress());
  await page.goto("/account/profile/fees");
  await page.getByLabel("Lowest full fee").fill("lots");
  await page.getByLabel("Highest full fee").fill("50");
  await page.getByLabel("Minutes a session").fill("5");
  await save(page);
  const summary = page.getByRole("alert");
  await expect(summary).toContainText("3 things need another look");
  await summary.getByRole("link", { name: /Lowest full fee/ }).click();
  await expect(page.getByLabel("Lowest full fee")).toHaveValue("lots");
  await expect(page.getByLabel("Highest full fee")).toHaveValue("50");
  await expect(page.getByLabel("Lowest full fee")).toHaveAccessibleDescription(/digits only/);
});

test("of two tabs the second is told, and both texts are there", async ({ page, context }) => {
  await signIn(page, newAddress());
  await page.goto("/account/profile/basics");
  const other = await context.newPage();
  await fillBasics(other, "First Tab");
  await page.getByLabel("Name that readers see").fill("Second Tab");
  await save(page);
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("Nothing was overwritten");
  await expect(alert).toContainText("First Tab");
  await expect(page.getByLabel("Name that readers see")).toHaveValue("Second Tab");
  await save(page);
  await saved(page);
  await other.reload();
  await expect(other.getByLabel("Name that readers see")).toHaveValue("Second Tab");
});

test("a session that ended in mid-edit costs no word", async ({ page, context }) => {
  const address = newAddress();
  await signIn(page, address);
  await page.goto("/account/profile/basics");
  await page.getByLabel("Name that readers see").fill("Typed for an hour");
  await context.clearCookies();
  await save(page);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("You were signed out");
  await expect(page.getByText("Typed for an hour")).toBeVisible();
  const other = await context.newPage();
  await signIn(other, address);
  await page.getByRole("button", { name: "Save again" }).click();
  await saved(page);
  await expect(page.getByLabel("Name that readers see")).toHaveValue("Typed for an hour");
});

for (const scripts of [true, false]) {
  test.describe(scripts ? "rows with scripts" : "rows without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("rows come and go, and what was typed stays", async ({ page }) => {
      await signIn(page, newAddress());
      await page.goto("/account/profile/contact");
      await page.getByLabel("Number or address").fill("first@practice.example");
      await page.getByRole("button", { name: "Add a way" }).click();
      await expect(page.getByRole("group", { name: "Way 2" })).toBeVisible();
      await page
        .getByRole("group", { name: "Way 2" })
        .getByLabel("Number or address")
        .fill("second@practice.example");
      await page.getByRole("button", { name: "Take away: Way 1" }).click();
      await expect(page.getByRole("group", { name: "Way 2" })).toHaveCount(0);
      await expect(page.getByLabel("Number or address")).toHaveValue("second@practice.example");
    });
  });
}

test("someone else's licence is not there, and a form from elsewhere is refused", async ({
  page,
  browser,
  baseURL,
}) => {
  await signIn(page, newAddress());
  await addLicence(page);
  const path = new URL(page.url()).pathname;
  const stranger = await browser.newPage(baseURL ? { baseURL } : {});
  await signIn(stranger, newAddress());
  expect((await stranger.goto(path))?.status()).toBe(404);
  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const forged = await fetch(`${baseURL}/account/profile/basics`, {
    method: "POST",
    headers: { cookie, origin: "https://elsewhere.example" },
    body: new URLSearchParams({ displayName: "Forged", version: "0", textLocale: "en" }),
  });
  expect(forged.status).toBe(403);
  await page.goto("/account/profile/basics");
  await expect(page.getByLabel("Name that readers see")).toHaveValue("");
  await stranger.close();
});

test("the pages have no barrier that axe can find, light and dark, in both languages", async ({
  page,
}) => {
  await signIn(page, newAddress());
  const pages = ["", "/basics", "/place", "/licences", "/licences/new", "/trainings", "/practice"];
  const more = ["/disclosure", "/fees", "/about", "/contact", "/preview"];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const path of [...pages, ...more]) {
      await page.goto(`${colorScheme === "dark" ? "/es" : ""}/account/profile${path}`);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html}`)).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, path).toBeLessThanOrEqual(0);
    }
  }
});
