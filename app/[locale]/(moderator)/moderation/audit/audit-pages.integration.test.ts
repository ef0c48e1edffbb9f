import { afterAll, beforeAll, expect, test } from "vitest";
import { totpSecrets } from "#db/schema/accounts.ts";
import type { Role } from "#db/vocabulary.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { readHead } from "#lib/audit/read-head.ts";
import { headText } from "#lib/audit/rules.ts";
import { sessionCookieName } from "#lib/auth/session-cookie.ts";
import { buildSiteAssets } from "../../../../../scripts/build/site-assets.ts";
import { siteRole } from "../../../../../tests/support/site-role.ts";
import {
  accountEnvironment,
  setSession,
  signedIn,
} from "../../../../../tests/support/test-accounts.ts";
import { testDatabase } from "../../../../../tests/support/test-database.ts";

accountEnvironment();
const owner = testDatabase();
// The pages work with what the site's own role may do, and no more.
const site = siteRole(owner);
const origin = "https://directory.example";
const tokens: Record<string, string> = {};
const routes = {
  list: () => import("./route.tsx"),
  export: () => import("./export/route.tsx"),
};

beforeAll(async () => {
  Object.assign(process.env, { DATABASE_URL: site.url });
  await buildSiteAssets();
  for (const role of ["auditor", "lead", "moderator"] as Role[]) {
    const { session, token } = await signedIn(site.db, {
      email: `${role}@provider.net`,
      roles: [role],
    });
    await site.db
      .insert(totpSecrets)
      .values({ personId: session.personId, sealedSecret: "s", confirmedAt: new Date() });
    await setSession(token, { secondFactorAt: new Date() }, site.db);
    tokens[role] = token;
  }
  for (let made = 0; made < 70; made += 1) {
    const subject = { kind: "test", id: `subject-${made}` };
    await appendEvent({ actorId: null, verb: "test.done", subject }, site.db);
  }
}, 60_000);

afterAll(async () => {
  const { primaryConnection } = await import("#db/client.ts");
  await primaryConnection().sql.end({ timeout: 1 });
});

async function ask(
  who: string,
  route: keyof typeof routes,
  query = "",
  fields?: Record<string, string>,
) {
  const path = route === "list" ? "/moderation/audit" : "/moderation/audit/export";
  const { GET, POST } = await routes[route]();
  const request = new Request(`${origin}${path}${query}`, {
    headers: { cookie: `${sessionCookieName}=${tokens[who] ?? ""}`, origin },
    ...(fields && { method: "POST", body: new URLSearchParams(fields) }),
  });
  const answer = await (fields ? POST : GET)(request, {
    params: Promise.resolve({ locale: "en" }),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

test("auditors and leads see what was done; to a moderator it is not there", async () => {
  for (const who of ["auditor", "lead"]) {
    const { status, text } = await ask(who, "list");
    expect(status).toBe(200);
    expect(text).toContain("subject-69");
    expect(text).not.toContain("subject-10<");
    expect(text).toMatch(/href="\/moderation\/audit\?before=\d+" rel="next"/);
  }
  expect((await ask("moderator", "list")).status).toBe(404);
  expect((await ask("moderator", "export", "?format=csv")).status).toBe(404);
  expect((await ask("nobody", "list")).status).toBe(303);
});

test("a filter that is wrong is told of, and stays as it was typed", async () => {
  const { status, text } = await ask("auditor", "list", "?from=2026-13-40&verb=test.");
  expect(status).toBe(422);
  expect(text).toContain('value="2026-13-40"');
  expect(text).toContain('href="#from"');
  expect((await ask("auditor", "list", "?from=2026-02-02&to=2026-02-01")).status).toBe(422);
  expect((await ask("auditor", "list", "?before=-1&verb=%00%00")).status).toBe(200);
});

test("the chain is checked at the press of a button, against a kept head where one is given", async () => {
  const head = headText(await readHead(site.db));
  expect((await ask("auditor", "list", "", {})).text).toContain("The chain is well");
  expect((await ask("auditor", "list", "", { head })).text).toContain("head that you kept.");
  const wrong = await ask("auditor", "list", "", { head: "12:abc" });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain("This is no head");
  await owner.sql`update audit_events set subject_id = 'other' where subject_id = 'subject-20'`;
  const { text } = await ask("auditor", "list", "", { head });
  await owner.sql`update audit_events set subject_id = 'subject-20' where subject_id = 'other'`;
  expect(text).toContain("The chain is not well");
  expect(text).toMatch(/Row \d+, event \d+/);
});

test("an export is a file of what was asked for, and asks for the second factor again", async () => {
  const { status, headers, text } = await ask("auditor", "export", "?format=csv&subject=subject-5");
  expect(status).toBe(200);
  expect(headers.get("content-disposition")).toMatch(/filename="audit-[\d-]{10}\.csv"/);
  expect(text.trimEnd().split("\r\n")).toHaveLength(2);
  expect((await ask("lead", "export", "?format=jsonl")).text.split("\n").length).toBeGreaterThan(
    70,
  );
  expect((await ask("auditor", "export", "?format=exe")).status).toBe(404);
  expect((await ask("auditor", "export", "?format=csv&to=never")).status).toBe(404);
  await setSession(
    tokens.auditor ?? "",
    { secondFactorAt: new Date(Date.now() - 16 * 60_000) },
    site.db,
  );
  const stale = await ask("auditor", "export", "?format=csv&subject=subject-5");
  expect(stale.status).toBe(303);
  expect(stale.headers.get("location")).toContain("/sign-in/second-factor?to=");
  expect((await ask("auditor", "list")).status).toBe(200);
});
