import { readFileSync } from "node:fs";
import { type APIRequestContext, expect, test } from "@playwright/test";
import { newAddress, signIn } from "../sign-in.ts";
import { addressOf, stateOf } from "../staff.ts";
import { byName } from "../virtual-authenticator.ts";
import {
  type Answer,
  type Asker,
  answerTo,
  askers,
  claimed,
  matrix,
  type Row,
  rowsOf,
} from "./matrix.ts";

/** Paths of the built site below the language, from the manifest that the build wrote itself. */
function builtRoutes(): string[] {
  const manifest: Record<string, string> = JSON.parse(
    readFileSync(".next/app-path-routes-manifest.json", "utf8"),
  );
  return Object.values(manifest)
    .filter((path) => path.startsWith("/[locale]"))
    .map((path) => path.slice("/[locale]".length));
}

test("the matrix has every route of the build, and no other", () => {
  expect(Object.keys(matrix).toSorted()).toEqual(builtRoutes().toSorted());
});

// In order and in one process: everyone signs in once.
test.describe.configure({ mode: "default" });

const contexts = new Map<Asker, APIRequestContext>();

/** Cookies that the set-up has left, or whom a mail signs in. */
const sessions: Record<Asker, { state: string | NoCookies } | { address: string }> = {
  nobody: { state: { cookies: [], origins: [] } },
  therapist: { address: newAddress() },
  "sam-suspended": { address: addressOf("sam-suspended") },
  "thea-therapist-moderator": { address: addressOf("thea-therapist-moderator") },
  "half-signed-in": { address: addressOf("ari-auditor") },
  "mo-moderator": { state: stateOf("mo-moderator") },
  "lee-lead": { state: stateOf("lee-lead") },
  "liv-lived-experience-reviewer": { state: stateOf("liv-lived-experience-reviewer") },
  "ari-auditor": { state: stateOf("ari-auditor") },
};
type NoCookies = { cookies: []; origins: [] };

test.beforeAll(async ({ browser, playwright }, { project }) => {
  test.setTimeout(120_000);
  const { baseURL = "" } = project.use;
  // By its name: under an address of numbers there are no passkeys.
  const { origin, host } = new URL(byName(baseURL));
  const extraHTTPHeaders = { origin, host };
  const stateBy = async (address: string) => {
    const context = await browser.newContext();
    await signIn(await context.newPage(), address);
    const state = await context.storageState();
    await context.close();
    return state;
  };
  const open = async (asker: Asker) => {
    const session = sessions[asker];
    const storageState = "state" in session ? session.state : await stateBy(session.address);
    contexts.set(
      asker,
      await playwright.request.newContext({ baseURL, extraHTTPHeaders, storageState }),
    );
  };
  await Promise.all(askers.map(open));
  await press("claim");
});

test.afterAll(async () => {
  await press("release");
  for (const context of contexts.values()) await context.dispose();
});

/** One of Mo's buttons in the case of the matrix. */
async function press(intent: "claim" | "release"): Promise<void> {
  const path = `/moderation/cases/${claimed}`;
  await contexts.get("mo-moderator")?.post(path, { form: { intent }, maxRedirects: 0 });
}

async function ask(asker: Asker, method: string, path: string): Promise<Answer> {
  const context = contexts.get(asker);
  if (!context) throw new Error(`${asker} is not there`);
  const form = { intent: "no-such-intent" };
  const answer = await context.fetch(path, {
    method,
    maxRedirects: 0,
    ...(method === "POST" && { form }),
  });
  // What is sealed is another one each time.
  const to = answer.headers().location?.replace(/([?&]s=)[\w-]+$/, "$1");
  return answer.status() === 303 ? (to ?? 303) : answer.status();
}

// A part of the site is one test: a row that is wrong does not keep the others from being asked.
for (const [part, title] of [
  [/^(?!\/account|\/moderation)/, "pages for everyone"],
  [/^\/account/, "pages of an account"],
  [/^\/moderation/, "pages of moderators"],
] as const) {
  test(`${title}: each route, each role, each method`, async () => {
    test.setTimeout(240_000);
    const routes = Object.entries(matrix).filter(([route]) => part.test(route));
    expect(routes).not.toEqual([]);
    for (const [route, entry] of routes) {
      const rows = rowsOf(route, entry);
      for (const [path, row] of rows) await expectRow(path, row);
      const [first] = rows;
      if (!first) throw new Error(`${route} has no row`);
      await expectOtherMethods(...first);
    }
  });
}

async function expectRow(path: string, row: Row): Promise<void> {
  const who = row.only ?? askers;
  const askAll = (method: string) => Promise.all(who.map((asker) => ask(asker, method, path)));
  // One method after the other: what a form changes must not race what is looked at.
  const [gets, posts] = [await askAll("GET"), await askAll("POST")];
  const found = who.map((asker, at) => `${asker}: GET ${gets[at]}, POST ${posts[at]}`);
  const expected = who.map((asker) => {
    const [get, post] = answerTo(path, row, asker);
    return `${asker}: GET ${get}, POST ${post}`;
  });
  expect.soft(found, path).toEqual(expected);
}

/** HEAD is answered as GET is; the rest no route has, not even for a lead. */
async function expectOtherMethods(path: string, row: Row): Promise<void> {
  const found = await Promise.all([
    ask("nobody", "HEAD", path),
    ...["PUT", "PATCH", "DELETE"].map((method) => ask("lee-lead", method, path)),
  ]);
  const [get] = answerTo(path, row, "nobody");
  expect.soft(found, `HEAD, PUT, PATCH, DELETE ${path}`).toEqual([get, 405, 405, 405]);
}

test("a draft without a name has a preview", async () => {
  expect(await ask("therapist", "POST", "/account/profile/about")).toBe(
    "/account/profile/about?saved=1",
  );
  expect(await ask("therapist", "GET", "/account/profile/preview")).toBe(200);
});
