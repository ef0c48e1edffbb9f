import { expect, test } from "@playwright/test";
import { profileOf } from "../personas.ts";
import { sendReport } from "../send-report.ts";

const address = `${profileOf("marisol-listed-in-spanish")}/report`;

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with scripts ${javaScriptEnabled ? "on" : "off"}`, () => {
    test.use({ javaScriptEnabled });

    test("someone tells us about a listing, and leaves nothing behind", async ({
      page,
      context,
    }) => {
      await page.goto(profileOf("marisol-listed-in-spanish"));
      await page.getByRole("link", { name: "Is something wrong here? Tell us." }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Tell us about /);
      await expect(page.getByRole("radio").first()).toHaveAccessibleName(/harmed me/);

      const words = `The town is another one (scripts ${javaScriptEnabled}).`;
      await page.getByLabel("In your own words").fill(words);
      await page.getByRole("button", { name: "Send it to the moderators" }).click();
      await page.getByRole("link", { name: /^What it is about/ }).click();
      await expect(page.getByRole("radio").first()).toBeInViewport();
      await expect(page.getByLabel("In your own words")).toHaveValue(words);

      await page.getByRole("radio", { name: /Something here is not right/ }).check();
      await sendReport(page);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(
        "Thank you, it has reached us",
      );
      await page.reload();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(
        "Thank you, it has reached us",
      );
      expect(await context.storageState()).toEqual({ cookies: [], origins: [] });
    });
  });
}

test("sent at once it is held back, and nothing that was typed is lost", async ({ page }) => {
  await page.goto(`/es${address}`);
  await page.getByRole("radio", { name: /No es quien dice ser/ }).check();
  await page.getByLabel("Con tus propias palabras").fill("No es la misma persona.");
  await page.getByRole("button", { name: "Enviar a moderación" }).click();
  await expect(page.getByRole("alert")).toContainText("envíalo otra vez");
  await expect(page.getByRole("radio", { name: /No es quien dice ser/ })).toBeChecked();
  await sendReport(page, "Enviar a moderación");
  await expect(page).toHaveURL(/^[^?]*\/es\/therapists\/[^/]+\/report\/sent$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Gracias, nos ha llegado");
});

test("a form from another site is refused", async ({ request }) => {
  const answer = await request.post(address, {
    form: { kind: "harm", words: "not theirs" },
    headers: { Origin: "https://evil.example" },
  });
  expect(answer.status()).toBe(403);
});

for (const persona of ["sam-suspended", "pat-pending", "paul-paused"]) {
  test(`nobody learns by it that ${persona} is there`, async ({ request }) => {
    const unknown = await request.get("/therapists/nobody-at-all/report");
    const hidden = await request.get(`${profileOf(persona)}/report`);
    expect([hidden.status(), unknown.status()]).toEqual([404, 404]);
    const slug = profileOf(persona).split("/").at(-1) ?? "";
    expect((await hidden.text()).replaceAll(slug, "nobody-at-all")).toBe(await unknown.text());
  });
}
