import type { IncomingHttpHeaders } from "node:http";
import { type APIRequestContext, type APIResponse, expect, test } from "@playwright/test";
import { planeOf } from "../../lib/planes/rules.ts";
import { observatoryScore } from "./observatory.ts";
import { ask, dataDir, type OwnWeb, startWeb } from "./own-web.ts";
import { profileOf } from "./personas.ts";
import { builtRoutes, pathsOf } from "./routes.ts";
import { stateOf } from "./staff.ts";

type Kind = { reader?: boolean; kept?: boolean; tls?: boolean };

const same: Record<string, string> = {
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};
const never = ["x-powered-by", "server", "etag", "access-control-allow-origin", "x-nextjs-cache"];

/** What is wrong with the headers of an answer, each in words; nothing for a sound one. */
function problemsOf(headers: IncomingHttpHeaders, kind: Kind): string[] {
  const policy = String(headers["content-security-policy"] ?? "none");
  const framed = headers["x-frame-options"] === "SAMEORIGIN";
  const wrong = Object.entries(same)
    .filter(([name, value]) => headers[name] !== value)
    .map(([name]) => `${name}: ${headers[name]}`);
  const check = (good: boolean, words: string) => good || wrong.push(words);
  check(/^default-src 'none';/.test(policy) && !/unsafe|\*|https?:/.test(policy), policy);
  check(
    framed ? policy.includes("frame-ancestors 'self'") : headers["x-frame-options"] === "DENY",
    `x-frame-options: ${headers["x-frame-options"]}, ${policy}`,
  );
  check(/geolocation=\(\)/.test(String(headers["permissions-policy"])), "permissions-policy");
  check(
    kind.kept === true || headers["cache-control"] === "no-store",
    `cache-control: ${headers["cache-control"]}`,
  );
  for (const name of kind.kept ? never.slice(0, 2) : never) {
    check(headers[name] === undefined, `${name}: ${headers[name]}`);
  }
  check(!kind.reader || headers["set-cookie"] === undefined, "set-cookie");
  check((headers["strict-transport-security"] !== undefined) === (kind.tls === true), "HSTS");
  return wrong;
}

const said = (answer: APIResponse) => answer.headers() as IncomingHttpHeaders;
const mayBeKept = (path: string) => /^(\/es)?\/photos\//.test(path);

async function expectSound(request: APIRequestContext, path: string, methods: readonly string[]) {
  const reader = planeOf(path) !== "staff";
  for (const method of methods) {
    const form = method === "POST" ? { form: { intent: "no-such-intent" } } : {};
    const answer = await request.fetch(path, { method, maxRedirects: 0, ...form });
    const kept = answer.status() === 200 && mayBeKept(path);
    const where = `${method} ${path}: ${answer.status()}`;
    expect.soft(problemsOf(said(answer), { reader, kept }), where).toEqual([]);
    expect.soft(answer.status(), where).not.toBe(500);
  }
}

for (const route of builtRoutes()) {
  test(`${route}: every method, to whoever asks without a session`, async ({ request }) => {
    for (const path of pathsOf(route)) {
      await expectSound(request, path, ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]);
    }
  });
}

test("the pages of staff, to staff", async ({ playwright }, { project }) => {
  test.setTimeout(120_000);
  const { baseURL = "" } = project.use;
  const storageState = stateOf("lee-lead");
  const request = await playwright.request.newContext({ baseURL, storageState });
  const paths = builtRoutes()
    .flatMap(pathsOf)
    .filter((path) => planeOf(path) === "staff" && !path.includes("sign-out"));
  for (const path of paths) await expectSound(request, path, ["GET"]);
  await request.dispose();
});

test("errors, redirects and files", async ({ request }) => {
  const large = { data: Buffer.alloc(450_000, "a") };
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const report = `${profileOf("lia-listed")}/report`;
  for (const [path, status, options] of [
    ["/no/such/page", 404, {}],
    ["/%E0%A4%A", 400, {}],
    [`/${"a".repeat(33_000)}`, 400, {}],
    ["/account/", 308, {}],
    ["/account", 303, {}],
    ["/therapists", 405, { method: "PATCH" }],
    ["/no/such/page", 405, { method: "POST" }],
    [report, 413, { method: "POST", ...large, headers: form }],
    ["/sign-in", 413, { method: "POST", ...large, headers: form }],
    [report, 413, { method: "POST", data: Buffer.alloc(2_000_000, "a"), headers: form }],
    ["/sign-in", 403, { method: "POST", headers: { ...form, origin: "https://evil.example" } }],
    ["/assets/no-such-file.css", 404, {}],
    ["/_next/static/no-such-file.js", 404, {}],
    ["/_next/image?url=%2Fassets%2Fmark.svg&w=64&q=75", 404, {}],
    ["/%5fnext/image?url=%2Fassets%2Fmark.svg&w=64&q=75", 404, {}],
    ["/_next/data/x/account.json", 404, {}],
    ["/photos/no-such/photo.webp", 404, {}],
  ] as const) {
    const ours =
      path === "/sign-in" ? { origin: new URL(test.info().project.use.baseURL ?? "").origin } : {};
    const headers = { ...ours, ...("headers" in options ? options.headers : {}) };
    const answer = await request.fetch(path, { maxRedirects: 0, ...options, headers });
    const where = `${path.slice(0, 60)}: ${answer.status()}`;
    expect.soft(answer.status(), where).toBe(status);
    expect.soft(problemsOf(said(answer), {}), where).toEqual([]);
  }
  const home = await (await request.get("/")).text();
  const files = [...home.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(
    ([, path]) => path ?? "",
  );
  expect(files.length).toBeGreaterThan(1);
  for (const path of [...files, "/assets/account.js"]) {
    const answer = await request.get(path);
    expect.soft(answer.headers()["cache-control"], path).toContain("immutable");
    expect.soft(problemsOf(said(answer), { reader: true, kept: true }), path).toEqual([]);
  }
});

test.describe("behind TLS", () => {
  test.skip(!dataDir, "needs the data folder of the site, as `npm test -- e2e` gives it");
  let web: OwnWeb;
  let broken: OwnWeb;

  test.beforeAll(async () => {
    test.setTimeout(120_000);
    const site = { SITE_URL: "https://directory.example" };
    web = await startWeb(() => site);
    const nowhere = "postgres://nobody@127.0.0.1:1/none";
    const away = { ...site, DATABASE_URL: nowhere, MEILI_URL: "http://127.0.0.1:1" };
    broken = await startWeb(() => away);
  });
  test.afterAll(() => Promise.all([web?.stop(), broken?.stop()]));

  test("the Observatory gives an A+ to every route", async () => {
    test.setTimeout(120_000);
    for (const path of builtRoutes().flatMap(pathsOf)) {
      const { headers, status } = await ask(web, "directory.example", path);
      const reader = planeOf(path) !== "staff";
      const kept = status === 200 && mayBeKept(path);
      expect.soft(problemsOf(headers, { reader, kept, tls: true }), path).toEqual([]);
      expect.soft(observatoryScore(headers), path).toBeGreaterThanOrEqual(130);
    }
  });

  test("what cannot be served now is a whole answer too", async () => {
    for (const path of [profileOf("lia-listed"), "/therapists", "/sign-in", "/api/ready"]) {
      const { headers, status } = await ask(broken, "directory.example", path);
      expect.soft([200, 503], `${path}: ${status}`).toContain(status);
      expect.soft(problemsOf(headers, { reader: true, tls: true }), path).toEqual([]);
    }
    const { status } = await ask(broken, "directory.example", profileOf("lia-listed"));
    expect(status).toBe(503);
  });
});

test("the score is the Observatory's: what is missing costs", () => {
  expect(observatoryScore({})).toBe(30);
  const whole = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "strict-transport-security": "max-age=63072000",
    "x-content-type-options": "nosniff",
  };
  expect(observatoryScore(whole)).toBe(115);
  const unsafe = "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'none'";
  expect(observatoryScore({ ...whole, "content-security-policy": unsafe })).toBe(80);
  expect(observatoryScore({ ...whole, "set-cookie": ["a=1"] })).toBe(60);
});
