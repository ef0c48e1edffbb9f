import { expect, test } from "@playwright/test";
import { planeOf } from "../../lib/planes/rules.ts";
import { latestMailTo } from "./mails.ts";
import { answerTo, matrix, rowsOf } from "./moderator/matrix.ts";
import { ask, dataDir, type OwnWeb, startWeb } from "./own-web.ts";
import { builtRoutes, pathsOf } from "./routes.ts";
import { newAddress } from "./sign-in.ts";

test.skip(!dataDir, "needs the data folder of the site, as `npm test -- e2e` gives it");
test.describe.configure({ mode: "default" });

let web: OwnWeb;
let hosts: { reader: string; staff: string };
let origins: { reader: string; staff: string };

test.beforeAll(async () => {
  test.setTimeout(120_000);
  // Staff by the name: browsers make no passkeys for an address of numbers.
  const both = (port: number) => ({ reader: `127.0.0.1:${port}`, staff: `localhost:${port}` });
  web = await startWeb((port) => ({
    SITE_URL: `http://${both(port).reader}`,
    STAFF_URL: `http://${both(port).staff}`,
  }));
  hosts = both(web.port);
  origins = { reader: `http://${hosts.reader}`, staff: `http://${hosts.staff}` };
});
test.afterAll(() => web?.stop());

const other = { reader: "staff", staff: "reader" } as const;

/** A page without the link to itself in the other language, where what was asked for stands. */
const withoutItself = (body: string) => body.replace(/<a href="[^"]*" lang=/, "<a lang=");

/** The page for no page, as a host answers an address that never was. */
async function nothingAt(plane: "reader" | "staff", spanish: boolean): Promise<string> {
  const { status, body } = await ask(web, hosts[plane], `${spanish ? "/es" : ""}/never-was`);
  expect(status).toBe(404);
  return withoutItself(body);
}

test("every route of the build is on a plane, and the other answers as if it never was", async () => {
  test.setTimeout(120_000);
  const asked = { reader: 0, staff: 0, both: 0 };
  for (const route of builtRoutes().filter((each) => each !== "/[locale]/[...rest]")) {
    for (const path of pathsOf(route)) {
      const plane = planeOf(path);
      expect(plane, path).not.toBeNull();
      if (plane === null) continue;
      asked[plane] += 1;
      if (plane === "both") continue;
      const nothing = await nothingAt(other[plane], path.startsWith("/es"));
      for (const method of ["GET", "POST", "PUT", "OPTIONS"]) {
        const answer = await ask(web, hosts[other[plane]], path, { method });
        const where = `${method} ${path} on the ${other[plane]} host`;
        expect.soft(answer.status, where).toBe(404);
        expect.soft(answer.headers["set-cookie"], where).toBeUndefined();
        expect.soft(withoutItself(answer.body), where).toBe(nothing);
        expect.soft(answer.body, where).not.toContain("/-/");
      }
    }
  }
  expect(asked.reader).toBeGreaterThan(15);
  expect(asked.staff).toBeGreaterThan(80);
});

test("on its own host a route answers as it does where there is one", async () => {
  test.setTimeout(120_000);
  for (const [route, entry] of Object.entries(matrix)) {
    for (const [path, row] of rowsOf(route, entry)) {
      const plane = planeOf(path);
      if (plane !== "reader" && plane !== "staff") continue;
      const { status, headers } = await ask(web, hosts[plane], path);
      const [expected] = answerTo(path, row, "nobody");
      const way = (to: unknown) => String(to).split("?")[0];
      expect
        .soft(status === 303 ? way(headers.location) : status, path)
        .toBe(typeof expected === "string" ? way(expected) : expected);
    }
  }
});

test("ways around the table lead nowhere", async () => {
  for (const path of [
    "//account",
    "/./account",
    "/therapists/../account",
    "/therapists/%2e%2e/account",
    "/therapists/..%2faccount",
    "/therapists/..\\account",
    "/-/../account",
    "/%61ccount",
    "/en/account",
    "/es/en/account",
    "/account%2fsettings",
    "/_next/../account",
    "/_next/data/x/account.json",
  ]) {
    const headers = {
      "x-matched-path": "/account",
      "x-invoke-path": "/account",
      "x-middleware-rewrite": "/account",
      "x-original-url": "/account",
      "x-rewrite-url": "/account",
      "x-forwarded-host": hosts.staff,
      forwarded: `host=${hosts.staff}`,
    };
    for (const more of [{}, headers]) {
      const answer = await ask(web, hosts.reader, path, { headers: more });
      expect.soft(answer.status, path).toBe(404);
    }
  }
  const rewritten = await ask(web, hosts.reader, "/therapists", {
    headers: { "x-matched-path": "/en/account", "x-invoke-path": "/en/account" },
  });
  expect(rewritten.status).toBe(200);
});

test("a host that is neither is answered by no page", async () => {
  for (const path of ["/", "/account", "/assets/site.css"]) {
    expect((await ask(web, "evil.example", path)).status, path).toBe(400);
  }
  expect((await ask(web, "evil.example", "/api/health")).status).toBe(200);
});

test("readers and staff go from one host to the other, and only staff carry a session", async ({
  browser,
}) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const address = newAddress();
  await page.goto(`${origins.reader}/es/therapists`);
  await page.getByRole("contentinfo").locator('a[href*="/sign-in"]').click();
  await expect(page).toHaveURL(`${origins.staff}/es/sign-in`);
  await page.goto(`${origins.staff}/sign-in`);
  await page.getByLabel("Your e-mail address").fill(address);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await expect(page).toHaveURL(`${origins.staff}/sign-in?sent=1`);

  const staff = await browser.newContext({ baseURL: origins.staff });
  const mail = await latestMailTo(staff.request, address, { saying: /\/sign-in\// });
  await staff.close();
  expect(mail.text).toContain(`${origins.staff}/sign-in/confirm?`);
  await page.goto(/https?:\/\/\S+/.exec(mail.text)?.[0] ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${origins.staff}/account**`);
  const cookies = await context.cookies();
  expect(cookies.map(({ name, domain }) => `${name} ${domain}`)).toEqual([
    "__Host-parasol-session localhost",
  ]);

  await page.goto(`${origins.staff}/account/settings/second-factor`);
  await expect(page.getByRole("main")).toContainText(/passkey/i);
  await page.getByRole("banner").getByRole("link").first().click();
  await expect(page).toHaveURL(`${origins.reader}/`);
  expect(await context.cookies(origins.reader)).toEqual([]);

  await page.goto(`${origins.staff}/account`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  expect(await context.cookies()).toEqual([]);
  await context.close();
});

test("no form leads from one host to the other, and a form of the other is refused", async () => {
  test.setTimeout(120_000);
  for (const plane of ["reader", "staff"] as const) {
    for (const path of builtRoutes().flatMap(pathsOf)) {
      if (planeOf(path) !== plane) continue;
      const { body } = await ask(web, hosts[plane], path);
      expect.soft(body, path).not.toMatch(/(form)?action="https?:/i);
    }
  }
  const headers = { origin: origins.reader, "content-type": "application/x-www-form-urlencoded" };
  const answer = await ask(web, hosts.staff, "/sign-in", { method: "POST", headers });
  expect(answer.status).toBe(403);
});
