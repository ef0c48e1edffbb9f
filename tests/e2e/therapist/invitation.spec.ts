import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, expect, test } from "@playwright/test";
import { latestMailTo, mailsTo } from "../mails.ts";
import { newAddress, signIn } from "../sign-in.ts";

const dataDir = process.env.PARASOL_DATA_DIR;
const folder = mkdtempSync(join(tmpdir(), "parasol-invitation-"));

test.skip(!dataDir, "needs the data folder of the site, as `npm test -- e2e` gives it");
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const headings = "email,display_name,language,city,region,formats,modalities,headline";
const rowOf = (address: string, language = "en") =>
  `${address},Iva Invited,${language},Portland,US-OR,video,emdr,"Calm, and online"`;

/** Runs the command as an operator does, beside the site that runs. */
async function importRows(rows: readonly string[], ...more: string[]) {
  const name = `people-${rows.join().length}-${Math.random().toString(36).slice(2)}`;
  const sheet = join(folder, `${name}.csv`);
  writeFileSync(sheet, [headings, ...rows, ""].join("\n"));
  const env = { ...process.env, DATA_DIR: dataDir };
  const result = await new Promise<{ code: unknown; stdout: string; stderr: string }>((done) => {
    execFile(
      process.execPath,
      ["scripts/import.ts", sheet, ...more],
      { env },
      (error, stdout, stderr) => done({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
  const report = () => readFileSync(join(folder, `${name}.report.csv`), "utf8");
  return { ...result, report };
}

const write = ["--write", "--community", "Harbour Collective", "--per-minute", "6000"];

async function linksTo(request: APIRequestContext, address: string) {
  const { text, subject } = await latestMailTo(request, address, { saying: /\/invitation/ });
  const path = (pattern: RegExp) => {
    const { pathname, search } = new URL(pattern.exec(text)?.[0] ?? "");
    return pathname + search;
  };
  return {
    subject,
    text,
    yes: path(/https?:\S+\/invitation\?token=\S+/),
    never: path(/https?:\S+\/invitation\/never\?token=\S+/),
  };
}

async function invited(request: APIRequestContext, language = "en") {
  const address = newAddress();
  const { stderr, code } = await importRows([rowOf(address, language)], ...write);
  expect(code, stderr).toBe(0);
  return { address, ...(await linksTo(request, address)) };
}

test("someone whom a community entered reads what it said, says yes, and finds the draft", async ({
  page,
  request,
}) => {
  const { address, yes, subject, text } = await invited(request);
  expect(subject).not.toMatch(/sex|therap/i);
  expect(text).toContain("Harbour Collective");
  await page.goto(yes);
  const main = page.getByRole("main");
  await expect(main.getByRole("heading", { level: 1 })).toHaveText("Is this you?");
  for (const words of [
    "Harbour Collective",
    address,
    "Iva Invited",
    "Portland, Oregon",
    "EMDR",
    "Video",
    "Calm, and online",
  ]) {
    await expect(main.getByText(words).first()).toBeVisible();
  }
  await page.getByRole("button", { name: "Yes, this is me" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto(yes);
  await expect(main.getByText("You have already said yes")).toBeVisible();
  await signIn(page, address);
  await page.goto("/account/profile/basics");
  await expect(page.getByRole("textbox", { name: /name/i }).first()).toHaveValue("Iva Invited");
  await page.goto(yes);
  await expect(page.getByRole("heading", { name: "This invitation has been used" })).toBeVisible();
  await expect(main).not.toContainText("Iva");
});

test("signing in without the link is a yes as well", async ({ page, request }) => {
  const { address, never } = await invited(request);
  await signIn(page, address);
  const answer = await page.goto(never);
  expect(answer?.status()).toBe(410);
  await expect(page.getByRole("heading", { name: "This invitation has been used" })).toBeVisible();
});

test("someone else says never, and that is the end of it", async ({ page, request }) => {
  const { address, yes, never } = await invited(request);
  for (const link of [yes, never]) {
    expect((await request.head(link)).status()).toBe(200);
    expect((await request.get(link)).status()).toBe(200);
  }
  await page.goto(never);
  await page.getByRole("button", { name: "Delete it and never contact me again" }).click();
  await expect(page.getByRole("heading", { name: "Everything is deleted" })).toBeVisible();
  for (const link of [yes, never]) {
    expect((await page.goto(link))?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  }
  const { code, report } = await importRows([rowOf(address.toUpperCase())], ...write);
  expect(code).toBe(0);
  expect(report()).toContain(",asked not to be contacted");
  expect(await mailsTo(request, address)).toHaveLength(1);
});

test("a dry run mails nobody and says what is wrong, row by row", async ({ request }) => {
  const address = newAddress();
  const rows = [rowOf(address), "=1+1,,fr,Portlnd,US-OR,,,", rowOf(address)];
  const { code, stdout, report } = await importRows(rows);
  expect(code).toBe(1);
  expect(stdout).toContain("row 3, email: found “=1+1”; expected one e-mail address.");
  expect(stdout).toContain("row 3, display_name: nothing found");
  expect(stdout).toContain("row 3, language: found “fr”");
  expect(stdout).toContain("Did you mean “Portland”?");
  expect(stdout).toContain("row 4, email: it is in row 2 already.");
  expect(stdout).toContain("nothing was written");
  expect(report()).toBe(
    `row,email,outcome\n2,${address},would be invited\n3,'=1+1,left out\n4,${address},left out\n`,
  );
  expect(await mailsTo(request, address)).toEqual([]);
});

test("the mail and its page speak the language of the row", async ({ page, request }) => {
  const { yes, never } = await invited(request, "es");
  await page.goto(yes);
  await expect(page.getByRole("heading", { name: "¿Eres tú?" })).toBeVisible();
  expect(never).toMatch(/^\/es\//);
});

test("forged links are all alike", async ({ request }) => {
  const links = ["", "?token=", `?token=${"A".repeat(43)}`, "?token=%00", "?token=a&token=b"];
  for (const path of ["/invitation", "/invitation/never"]) {
    for (const link of links) {
      const answer = await request.get(path + link);
      expect(answer.status(), link).toBe(404);
      expect(await answer.text()).toContain("This link does not work");
    }
  }
});

test("the pages are free of barriers that a machine can find", async ({ page, request }) => {
  test.setTimeout(120_000);
  const { yes, never } = await invited(request);
  for (const path of [yes, never, "/invitation", "/invitation/deleted"]) {
    await page.goto(path);
    expect((await new AxeBuilder({ page }).analyze()).violations, path).toEqual([]);
  }
});
