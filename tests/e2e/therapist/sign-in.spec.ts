import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { latestMailTo, linkIn } from "../mails.ts";
import { newAddress, signIn } from "../sign-in.ts";
import { addAuthenticator, byName } from "../virtual-authenticator.ts";

const sentTwice = async (ask: (address: string) => Promise<string>, known: string) => [
  await ask(known),
  await ask(newAddress()),
];

test("the link in the mail signs in, once, and no scanner spends it; without scripts", async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const address = newAddress();
  await page.goto("/sign-in?to=/account/settings");
  await page.getByLabel("Your e-mail address").fill(` ${address.toUpperCase()} `);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look at your mail");
  const mail = await latestMailTo(page.request, address);
  expect(mail.text).not.toContain(address);
  const link = linkIn(mail);
  for (let scan = 0; scan < 3; scan += 1) {
    expect((await page.request.head(link)).status()).toBe(200);
    expect((await page.request.get(link)).status()).toBe(200);
  }
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/account\/settings$/);
  await expect(page.getByText(`You sign in with ${address}.`)).toBeVisible();
  const cookies = await context.cookies();
  expect(cookies).toMatchObject([
    { name: "__Host-parasol-session", httpOnly: true, secure: true, sameSite: "Lax", path: "/" },
  ]);
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "This link does not work any more",
  );
  await page.getByRole("link", { name: "Get a new link" }).click();
  // Who is signed in already has no use for the form.
  await expect(page).toHaveURL(/\/account$/);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  expect(await context.cookies()).toEqual([]);
  await page.goto("/account/settings");
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  await context.close();
});

test("in Spanish, from the form to the mail and back", async ({ page }) => {
  const address = newAddress();
  await page.goto("/es/sign-in");
  await page.getByLabel("Tu dirección de correo").fill(address);
  await page.getByRole("button", { name: "Mándame un enlace" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mira tu correo");
  await page.goto(linkIn(await latestMailTo(page.request, address)));
  await page.getByRole("button", { name: "Entrar" }).click();
  await expect(page).toHaveURL(/\/es\/account$/);
});

test("known and unknown addresses get the same answer, byte for byte", async ({
  page,
  request,
}) => {
  const known = newAddress();
  await signIn(page, known);
  const ask = async (email: string) => {
    const headers = { Origin: new URL(page.url()).origin };
    const form = { email, to: "/account" };
    const answer = await request.post("/sign-in", { form, headers, maxRedirects: 0 });
    const { date: _, ...said } = answer.headers();
    const shown = await request.get(said.location ?? "/nowhere");
    return JSON.stringify([answer.status(), said, await answer.text(), await shown.text()]);
  };
  const [first, second] = await sentTwice(ask, known);
  expect(first).toContain("/sign-in?sent=1");
  expect(second).toBe(first);
});

test("what is wrong is said beside the field, and what was typed stays", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("Your e-mail address").fill("nobody at home");
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await expect(page.getByRole("alert")).toContainText("Please give an e-mail address");
  await expect(page.getByLabel("Your e-mail address")).toHaveValue("nobody at home");
});

test.describe("nobody else signs someone in", () => {
  test("a form that another site sends is refused", async ({ request }) => {
    for (const path of ["/sign-in", "/sign-in/confirm", "/sign-out", "/account/settings"]) {
      const headers = { Origin: "https://evil.example" };
      const answer = await request.post(path, { headers, form: { email: newAddress() } });
      expect(answer.status(), path).toBe(403);
    }
  });

  test("a passkey's answer that another site sends, or that is none, is refused", async ({
    request,
    baseURL,
  }) => {
    const site = byName(baseURL);
    const send = (origin: string, data: unknown) =>
      request.post(`${site}/sign-in/passkey/answer`, { headers: { Origin: origin }, data });
    expect((await send("https://evil.example", {})).status()).toBe(403);
    expect((await send(site, { ceremony: "x", response: {} })).status()).toBe(422);
    expect((await send(site, "{")).status()).toBe(400);
    const add = await request.post(`${site}/account/settings/passkeys/options`, {
      headers: { Origin: site },
      data: {},
    });
    expect(add.status()).toBe(401);
  });

  test("nobody is led to another site", async ({ page }) => {
    for (const to of ["https://evil.example", "//evil.example", "/\\evil.example"]) {
      await page.goto(`/sign-in?${new URLSearchParams({ to })}`);
      await expect(page.locator('form[method="post"] input[name="to"]')).toHaveValue("/account");
    }
  });

  test("a session from before is replaced by a new one", async ({ page, context }) => {
    const token = async () => (await context.cookies())[0]?.value;
    const planted = newAddress();
    await signIn(page, planted);
    const before = await token();
    const address = newAddress();
    await page.goto("/account");
    await page.getByRole("button", { name: "Sign out" }).click();
    await signIn(page, address);
    expect(await token()).not.toBe(before);
  });
});

test("a passkey signs in without a mail, and counts as the second step", async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(60_000);
  const context = await browser.newContext({ baseURL: byName(baseURL) });
  const page = await context.newPage();
  await addAuthenticator(page);
  const address = newAddress();
  await page.goto("/sign-in");
  await page.getByLabel("Your e-mail address").fill(address);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await page.goto(linkIn(await latestMailTo(page.request, address)));
  await page.getByRole("button", { name: "Sign in" }).click();

  await page.goto("/account/settings/second-factor");
  await page.getByLabel("Name for this passkey").fill("my test key");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByRole("status").first()).toContainText("Your passkey is added");
  await expect(page.getByRole("link", { name: "my test key" })).toBeVisible();
  await latestMailTo(page.request, address, { saying: /passkey/ });
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByText("This device already has a passkey")).toBeVisible();

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page).toHaveURL(/\/account$/);
  await page.goto("/account/settings");
  await expect(page.getByText(`You sign in with ${address}.`)).toBeVisible();

  await page.getByRole("link", { name: "Passkeys and second step" }).click();
  await page.getByRole("link", { name: "my test key" }).click();
  await page.getByLabel("Name for this passkey").fill("my old key");
  await page.getByRole("button", { name: "Save the name" }).click();
  await page.getByRole("link", { name: "my old key" }).click();
  await page.getByRole("button", { name: "Remove this passkey" }).click();
  await expect(page.getByRole("status").first()).toContainText("The passkey is removed");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByText("We do not know that passkey")).toBeVisible();
  await context.close();
});

test("a browser that says no is explained", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL: byName(baseURL) });
  const page = await context.newPage();
  await addAuthenticator(page, { verifies: false });
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByText("Your browser stopped.")).toBeVisible();
  await context.close();
});

test("without scripts there is no passkey button, and a line says why", async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ baseURL: byName(baseURL), javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await expect(page.getByText("Passkeys need scripts.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Sign in with a passkey" })).toBeHidden();
  await context.close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the pages of signing in have no axe violation, ${colorScheme}`, async ({
    browser,
    baseURL,
  }) => {
    const viewport = { width: 360, height: 800 };
    const context = await browser.newContext({ baseURL: byName(baseURL), colorScheme, viewport });
    const page = await context.newPage();
    const address = newAddress();
    await page.goto("/sign-in");
    await page.getByLabel("Your e-mail address").fill(address);
    await page.getByRole("button", { name: "Mail me a link" }).click();
    const link = linkIn(await latestMailTo(page.request, address));
    for (const path of ["/sign-in", "/sign-in?sent=1", link, "/es/sign-in/confirm?token=x"]) {
      await page.goto(path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${path} ${id} ${nodes[0]?.html}`)).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, path).toBeLessThanOrEqual(360);
    }
    await context.close();
  });
}
