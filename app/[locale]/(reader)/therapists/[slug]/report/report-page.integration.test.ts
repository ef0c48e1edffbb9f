import { randomBytes } from "node:crypto";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { makeFormToken } from "#lib/reports/form-token.ts";
import { dailyLimits } from "#lib/reports/rules.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { buildSiteAssets } from "../../../../../../scripts/build/site-assets.ts";
import { testDatabase } from "../../../../../../tests/support/test-database.ts";

const database = testDatabase();
const today = todayUtc();
const origin = "http://directory.example";
let slug = "";
let pages: typeof import("./route.tsx");

beforeAll(async () => {
  vi.stubEnv("MASTER_KEY", randomBytes(32).toString("base64"));
  vi.stubEnv("DATABASE_URL", database.url);
  await buildSiteAssets();
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 0, today });
  slug = await slugOf("lia-listed");
  pages = await import("./route.tsx");
  return () => vi.unstubAllEnvs();
});
beforeEach(async () => {
  await database.sql`delete from reports`;
  await database.sql`delete from cases`;
});
afterEach(() => vi.useRealTimers());

async function slugOf(persona: string): Promise<string> {
  const [row] = await database.sql<{ slug: string }[]>`
    select t.slug from therapists t join people p on p.id = t.person_id where p.persona = ${persona}`;
  return row?.slug ?? "";
}

type Locale = "en" | "es";
type Asked = { of?: string; locale?: Locale; headers?: Record<string, string> };

const addressOf = (of: string, locale: Locale) =>
  `${origin}${locale === "es" ? "/es" : ""}/therapists/${of}/report`;

async function seen(answer: Response) {
  const html = await answer.text();
  const token = /name="form" value="([^"]+)"/.exec(html)?.[1] ?? "";
  return { status: answer.status, headers: answer.headers, html, token };
}

async function open({ of = slug, locale = "en" }: Asked = {}) {
  const params = Promise.resolve({ locale, slug: of });
  return seen(await pages.GET(new Request(addressOf(of, locale)), { params }));
}

const ownForm = { host: "directory.example", origin };

async function post(
  fields: Record<string, string>,
  { of = slug, locale = "en", headers = ownForm }: Asked = {},
) {
  const params = Promise.resolve({ locale, slug: of });
  const body = new URLSearchParams(fields);
  const request = new Request(addressOf(of, locale), { method: "POST", body, headers });
  return seen(await pages.POST(request, { params }));
}

/** A form that someone has had before them for a minute. */
const form = (of = slug, secondsAgo = 60) =>
  makeFormToken(of, new Date(Date.now() - secondsAgo * 1000));
const rows = () => database.sql`select * from reports`;
const said = "It was <b>so</b>, and “more”.";
const shown = "It was &lt;b&gt;so&lt;/b&gt;, and “more”.";

describe("the page", () => {
  test.each([
    ["en", "They harmed me, or someone else", "We cannot answer you"],
    ["es", "Me hizo daño, a mí o a otra persona", "No podemos responderte"],
  ] as const)("in %s: harm first, no script, no cookie, kept nowhere", async (locale, harm, no) => {
    const { status, html, headers, token } = await open({ locale });
    expect(status).toBe(200);
    expect(token).not.toBe("");
    expect(html.match(/type="radio"[^>]*value="([\w-]+)"/)?.[1]).toBe("harm");
    expect(html.match(/type="radio"/g)).toHaveLength(5);
    for (const words of [harm, no]) expect(html).toContain(words);
    expect(html).not.toContain("<script");
    expect(html).not.toMatch(/checked/);
    expect(headers.get("set-cookie")).toBeNull();
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(/<title>(.*?)<\/title>/.exec(html)?.[1]).toMatch(/^(Tell us about a listing|Cuéntanos)/);
    expect(html).toContain(`action="${locale === "es" ? "/es" : ""}/therapists/${slug}/report"`);
  });

  test.each(["sam-suspended", "paul-paused", "dana-draft", "pat-pending", "nobody"])(
    "of %s is not found, and takes nothing",
    async (persona) => {
      const of = persona === "nobody" ? "nobody-at-all" : await slugOf(persona);
      const unknown = await open({ of: "never-was" });
      const got = await open({ of });
      const sent = await post({ kind: "harm", words: said, form: form(of) }, { of });
      for (const answer of [got, sent]) {
        expect(answer.status).toBe(404);
        expect(answer.html.replaceAll(of, "never-was")).toBe(unknown.html);
      }
      expect(await rows()).toEqual([]);
    },
  );
});

describe("a form that was sent", () => {
  test.each(["en", "es"] as const)("in %s is kept, and leads on", async (locale) => {
    const sent = await post({ kind: "privacy", words: said, form: form() }, { locale });
    expect(sent.status).toBe(303);
    expect(sent.headers.get("location")).toBe(
      `${locale === "es" ? "/es" : ""}/therapists/${slug}/report/sent`,
    );
    expect(sent.headers.get("set-cookie")).toBeNull();
    expect(await rows()).toMatchObject([{ kind: "privacy", received_on: expect.anything() }]);
  });

  test("twice is one report, and thanked twice", async () => {
    const fields = { kind: "harm", words: said, form: form() };
    expect((await post(fields)).status).toBe(303);
    expect((await post(fields)).status).toBe(303);
    expect(await rows()).toHaveLength(1);
    const other = await post({ ...fields, words: "something else" });
    expect(other.status).toBe(422);
    expect(other.html).toContain("This form was sent already");
    expect(other.html).toContain("something else");
    expect(other.token).not.toBe(fields.form);
    expect(await rows()).toHaveLength(1);
  });

  test("says what is wrong next to the field and above, and keeps the rest", async () => {
    const token = form();
    const { status, html, ...again } = await post({ words: said, form: token });
    expect(status).toBe(422);
    expect(html).toContain('href="#kind"');
    expect(html).toContain('id="kind-error"');
    expect(html).toContain(shown);
    expect(again.token).toBe(token);
    const long = await post({ kind: "harm", words: `${said}${"🌂".repeat(2000)}`, form: token });
    expect(long.status).toBe(422);
    expect(long.html).toContain("Please shorten this to 2000 characters.");
    expect(long.html).toContain(shown);
    expect(long.html).toMatch(/value="harm" checked=""|checked="" value="harm"/);
    expect(await rows()).toEqual([]);
  });

  test.each<[string, () => string, string, boolean]>([
    ["at once", () => form(slug, 1), "faster than people type", true],
    ["after five hours", () => form(slug, 5 * 3600), "open for a long time", false],
    ["for another listing", () => form("someone-else"), "open for a long time", false],
    ["with a form of their own", () => "a.b.c", "open for a long time", false],
    ["without any", () => "", "open for a long time", false],
  ])("%s is held back, with all that was typed", async (_, made, words, same) => {
    const token = made();
    const held = await post({ kind: "harm", words: said, form: token });
    expect(held.status).toBe(422);
    expect(held.html).toContain(words);
    expect(held.html).toContain(shown);
    expect(held.html).toMatch(/value="harm" checked=""|checked="" value="harm"/);
    expect(held.token === token).toBe(same);
    expect(await rows()).toEqual([]);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 5000 });
    expect((await post({ kind: "harm", words: said, form: held.token })).status).toBe(303);
  });

  test("on a full day is a 429 with all that was typed; harm is still heard", async () => {
    await post({ kind: "wrong-facts", words: "first", form: form() });
    await database.sql`
      insert into reports (therapist_id, case_id, kind, received_on, same_words)
      select therapist_id, case_id, kind, received_on, n::text
      from reports, generate_series(2, ${dailyLimits.ofListing}) n`;
    const full = await post({ kind: "wrong-facts", words: said, form: form() });
    expect(full.status).toBe(429);
    expect(full.html).toContain("no more until tomorrow");
    expect(full.html).toContain(shown);
    expect((await post({ kind: "harm", words: said, form: form() })).status).toBe(303);
  });

  test.each<[string, Record<string, string>, number]>([
    ["from a browser that says where it comes from", ownForm, 303],
    ["from a text browser", {}, 303],
    ["from one that hides it", { origin: "null", "sec-fetch-site": "same-origin" }, 303],
    ["from nowhere", { host: "directory.example", origin: "null" }, 403],
    ["from another site", { host: "directory.example", origin: "https://evil.example" }, 403],
    ["from a frame elsewhere", { origin: "null", "sec-fetch-site": "cross-site" }, 403],
    ["from a sister site", { ...ownForm, "sec-fetch-site": "same-site" }, 403],
  ])("%s", async (_, headers, status) => {
    const sent = await post({ kind: "harm", words: said, form: form() }, { headers });
    expect(sent.status).toBe(status);
    expect(await rows()).toHaveLength(status === 303 ? 1 : 0);
  });

  test("that is none, or far too long, is a plain answer", async () => {
    const params = Promise.resolve({ locale: "en", slug });
    const given = (body: string, type: string) =>
      pages.POST(
        new Request(addressOf(slug, "en"), {
          method: "POST",
          body,
          headers: { ...ownForm, "content-type": type },
        }),
        { params },
      );
    expect((await given("{}", "application/json")).status).toBe(400);
    const urlencoded = "application/x-www-form-urlencoded";
    expect((await given(`words=${"x".repeat(500_000)}`, urlencoded)).status).toBe(413);
  });
});

test("nothing about who sent it is in any row", async () => {
  const canary = "canary-of-a-sender";
  const headers = {
    ...ownForm,
    cookie: `a=${canary}`,
    "user-agent": canary,
    referer: `${origin}/${canary}`,
    "x-forwarded-for": canary,
    "x-real-ip": canary,
    forwarded: `for=${canary}`,
    "accept-language": canary,
  };
  const fields = { kind: "harm", words: canary, form: form(), name: canary, email: canary };
  expect((await post(fields, { headers })).status).toBe(303);
  const tables = await database.sql<{ name: string }[]>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;
  for (const { name } of tables) {
    const found = await database.sql.unsafe(
      `select from ${name} t where t::text like '%${canary}%'`,
    );
    expect(found, name).toHaveLength(0);
  }
  const [report] = await rows();
  expect(Object.keys(report ?? {}).sort()).toEqual([
    "case_id",
    "id",
    "kind",
    "received_on",
    "reply_recipient",
    "reply_token_hash",
    "same_words",
    "sealed_words",
    "therapist_id",
    "upheld",
  ]);
  // Only a form that asks for an answer has a way back.
  expect(report).toMatchObject({ reply_recipient: null, reply_token_hash: null });
});

test("a form that asks for an answer is held back without a way for it, and loses nothing", async () => {
  const params = Promise.resolve({ locale: "en", slug });
  const proofs = ["", "{}", "no JSON"];
  for (const replyProof of proofs) {
    const words = "It was like this.";
    const fields = { kind: "harm", words, form: form(), replyTokenHash: "x", replyProof };
    const body = new URLSearchParams(fields);
    const address = `${addressOf(slug, "en")}?back=1`;
    const request = new Request(address, { method: "POST", body, headers: ownForm });
    const { status, html } = await seen(await pages.POST(request, { params }));
    expect([status, html.includes(words)], replyProof).toEqual([422, true]);
  }
  expect(await rows()).toEqual([]);
});

describe("when the database is away", () => {
  test("nothing that was typed is lost", async () => {
    const shared = globalThis as { parasolPrimary?: unknown };
    const before = shared.parasolPrimary;
    shared.parasolPrimary = undefined;
    vi.stubEnv("DATABASE_URL", "postgres://nobody@127.0.0.1:9/nothing");
    const token = form();
    const away = await post({ kind: "harm", words: said, form: token });
    shared.parasolPrimary = before;
    vi.stubEnv("DATABASE_URL", database.url);
    expect(away.status).toBe(503);
    expect(away.html).toContain("Our database does not answer just now");
    expect(away.html).toContain(shown);
    expect(away.token).toBe(token);
    expect((await post({ kind: "harm", words: said, form: away.token })).status).toBe(303);
  });
});

test.each(["en", "es"] as const)(
  "the page of thanks in %s says what happens, of nobody",
  async (locale) => {
    const { GET } = await import("./sent/route.tsx");
    const request = new Request(`${addressOf(slug, locale)}/sent`);
    const answer = await seen(await GET(request, { params: Promise.resolve({ locale }) }));
    expect(answer.status).toBe(200);
    expect(answer.html).toContain(
      locale === "es" ? "Gracias, nos ha llegado" : "Thank you, it has",
    );
    expect(answer.html).not.toContain("<form");
    expect(answer.headers.get("cache-control")).toBe("no-store");
  },
);
