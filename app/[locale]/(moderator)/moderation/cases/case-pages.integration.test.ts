import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { totpSecrets } from "#db/schema/accounts.ts";
import type { Role } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { sessionCookieName } from "#lib/auth/session-cookie.ts";
import { addEvidence } from "#lib/evidence/add-evidence.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { submitRevision } from "#lib/revisions/submit-revision.ts";
import { openStore } from "#lib/storage/open-store.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { buildSiteAssets } from "../../../../../scripts/build/site-assets.ts";
import { makePdf } from "../../../../../tests/support/files/pdfs.ts";
import { saveWholeProfile } from "../../../../../tests/support/own-profile.ts";
import { makePerson } from "../../../../../tests/support/people.ts";
import {
  accountEnvironment,
  setSession,
  signedIn,
} from "../../../../../tests/support/test-accounts.ts";
import { testDatabase } from "../../../../../tests/support/test-database.ts";

accountEnvironment();
const database = testDatabase();
const site = "https://directory.example";
let dataDir = "";
let owner: Actor;
let caseId = "";
const tokens: Record<string, string> = {};

const routes = {
  queue: () => import("../route.tsx"),
  case: () => import("./[id]/route.tsx"),
  look: () => import("./[id]/checks/[checkId]/route.tsx"),
  decide: () => import("./[id]/decide/[action]/route.tsx"),
  proposal: () => import("./[id]/proposals/[decisionId]/route.tsx"),
  ask: () => import("./[id]/ask/route.tsx"),
  message: () => import("./[id]/messages/route.tsx"),
  document: () => import("../evidence/[id]/route.tsx"),
};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "parasol-cases-"));
  Object.assign(process.env, { DATABASE_URL: database.url, DATA_DIR: dataDir });
  await buildSiteAssets();
  const { db } = database;
  await loadReference(db);
  owner = await makePerson(db);
  await saveWholeProfile(owner, db, "LIC-1234");
  const identity = { subject: "identity", claimId: null, fileName: "canary.pdf" } as const;
  await addEvidence(owner, { ...identity, bytes: makePdf(2) }, db, openStore());
  await submitRevision(owner, { consent: true }, db);
  caseId = await one("select id from cases");
  for (const [name, role] of [
    ["mo", "moderator"],
    ["mia", "moderator"],
    ["liv", "lived-experience-reviewer"],
    ["ari", "auditor"],
  ] as [string, Role][]) {
    const email = `${name}@provider.net`;
    const { session, token } = await signedIn(db, { email, roles: [role] });
    await db
      .insert(totpSecrets)
      .values({ personId: session.personId, sealedSecret: "s", confirmedAt: new Date() });
    await setSession(token, { secondFactorAt: new Date() }, db);
    tokens[name] = token;
  }
}, 60_000);

afterAll(async () => {
  const { primaryConnection } = await import("#db/client.ts");
  await primaryConnection().sql.end({ timeout: 1 });
  await rm(dataDir, { recursive: true, force: true });
});

async function one(query: string): Promise<string> {
  const [row] = await database.sql.unsafe(query);
  return String(Object.values(row ?? {})[0]);
}

type Asked = {
  who: string;
  route: keyof typeof routes;
  path: string;
  params?: Record<string, string>;
  fields?: Record<string, string>;
};

async function ask({ who, route, path, params = {}, fields }: Asked) {
  const handlers: { GET?: Handler; POST?: Handler } = await routes[route]();
  const handler = fields ? handlers.POST : handlers.GET;
  const request = new Request(`${site}${path}`, {
    method: fields ? "POST" : "GET",
    headers: { cookie: `${sessionCookieName}=${tokens[who]}`, origin: site },
    ...(fields && { body: new URLSearchParams(fields) }),
  });
  const context = { params: Promise.resolve({ locale: "en", id: caseId, ...params }) };
  const answer = await handler?.(request, context as never);
  if (!answer) throw new Error("there is no such page");
  return {
    status: answer.status,
    to: answer.headers.get("location"),
    policy: answer.headers.get("content-security-policy") ?? "",
    html: await answer.text(),
  };
}

type Handler = (request: Request, context: never) => Promise<Response>;

const casePath = () => `/moderation/cases/${caseId}`;
const pressed = (who: string, fields: Record<string, string>) =>
  ask({ who, route: "case", path: casePath(), fields });
const checkOf = (claimType: string) =>
  one(`select id from checks where claim_type = '${claimType}' and state <> 'withdrawn'`);

test("from the queue to a decision that a second person agrees to", async () => {
  const queue = await ask({ who: "mo", route: "queue", path: "/moderation" });
  expect(queue.status).toBe(200);
  expect(queue.html).toContain("Robin Example");
  const take = {
    who: "mo",
    route: "queue",
    path: "/moderation",
    fields: { case: caseId },
  } as const;
  expect(await ask(take)).toMatchObject({ status: 303, to: casePath() });
  expect(await ask({ ...take, who: "mia" })).toMatchObject({ status: 409 });

  const page = await ask({ who: "mo", route: "case", path: casePath() });
  expect(page.html).toContain("Quill Nightingale");

  const checkId = await checkOf("identity");
  const params = { checkId };
  const path = `${casePath()}/checks/${checkId}`;
  const look = await ask({ who: "mo", route: "look", path, params });
  expect(look.status).toBe(200);
  expect(look.policy).toContain("frame-src 'self'");
  const fields = {
    action: "reject",
    code: "name-mismatch",
    reason: "",
    authority: "A board",
    sourceType: "primary",
    method: "call-back",
    sourceAsOf: todayUtc(),
    privateNote: "Kept as typed.",
  };
  const refused = await ask({ who: "mo", route: "look", path, params, fields });
  expect(refused.status).toBe(422);
  expect(refused.html).toContain("Kept as typed.");
  const whole = { ...fields, reason: "Another name." };
  const made = await ask({ who: "mo", route: "look", path, params, fields: whole });
  expect(made).toMatchObject({ status: 303, to: `${casePath()}?done=proposed` });

  const decisionId = await one("select id from decisions");
  const proposal = {
    route: "proposal",
    path: `${casePath()}/proposals/${decisionId}`,
    params: { decisionId },
  } as const;
  const agree = { intent: "agree" };
  expect(await ask({ ...proposal, who: "mo", fields: agree })).toMatchObject({ status: 409 });
  expect((await pressed("mo", { intent: "release" })).status).toBe(303);
  expect((await pressed("mia", { intent: "claim" })).status).toBe(303);
  const seen = await ask({ ...proposal, who: "mia" });
  expect(seen.html).toContain("Another name.");
  expect(seen.html).toContain("Kept as typed.");
  expect(await ask({ ...proposal, who: "mia", fields: agree })).toMatchObject({ status: 303 });
  expect(await one(`select state from checks where id = '${checkId}'`)).toBe("rejected");
});

test("a document opens for whoever has the case, as pictures, and leaves word", async () => {
  const id = await one("select id from evidence");
  const opened = { route: "document", path: `/moderation/evidence/${id}`, params: { id } } as const;
  expect((await ask({ ...opened, who: "mo" })).status).toBe(404);
  const views = "select count(*) from audit_events where verb = 'evidence.view'";
  expect(await one(views)).toBe("0");
  const shown = await ask({ ...opened, who: "mia" });
  expect(shown.status).toBe(200);
  expect(shown.html.match(/src="data:image\/jpeg;base64,/g)).toHaveLength(2);
  expect(shown.policy).toContain("default-src 'none'");
  expect(shown.policy).toContain("frame-ancestors 'self'");
  expect(await one(views)).toBe("1");
  expect((await ask({ ...opened, who: "ari" })).status).toBe(404);
});

test("a second factor of an hour ago is asked for again before anything is shown", async () => {
  const id = await one("select id from evidence");
  const old = new Date(Date.now() - 60 * 60_000);
  await setSession(tokens.mia ?? "", { secondFactorAt: old }, database.db);
  for (const [route, params] of [
    ["document", { id }],
    ["look", { checkId: await checkOf("credential") }],
    ["decide", { action: "refuse" }],
  ] as const) {
    const asked = await ask({ who: "mia", route, path: casePath(), params });
    expect(asked.to, route).toContain("/sign-in/second-factor");
  }
  await setSession(tokens.mia ?? "", { secondFactorAt: new Date() }, database.db);
});

test("questions and notes: rows without scripts, errors in their place, nothing lost", async () => {
  const route = { who: "mia", route: "ask", path: `${casePath()}/ask` } as const;
  const first = { "items.0.checkId": "", "items.0.question": "Which number?" };
  const more = await ask({ ...route, fields: { ...first, intent: "add:items" } });
  expect(more.html).toContain('name="items.1.question"');
  expect(more.html).toContain("Which number?");
  const foreign = { ...first, "items.1.checkId": "no-look-of-ours", "items.1.question": "Why?" };
  const wrong = await ask({ ...route, fields: foreign });
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('href="#items.1.checkId"');
  expect((await ask({ ...route, fields: { "items.0.question": " " } })).status).toBe(422);
  expect(await ask({ ...route, fields: first })).toMatchObject({ status: 303 });
  const note = { who: "mia", route: "message", path: `${casePath()}/messages` } as const;
  expect((await ask({ ...note, fields: { kind: "private-note", body: "" } })).status).toBe(422);
  const fields = { kind: "private-note", body: "canary note" };
  expect(await ask({ ...note, fields })).toMatchObject({ status: 303 });
  const page = await ask({ who: "mia", route: "case", path: casePath() });
  expect(page.html).toContain("canary note");
  expect(page.html).toContain("The days stand still");
});

test("who has not claimed it can open it, and gets no further", async () => {
  const page = await ask({ who: "mo", route: "case", path: casePath() });
  expect(page.status).toBe(200);
  expect(page.html).not.toMatch(/Quill Nightingale|canary/);
  const checkId = await checkOf("credential");
  const others = [
    ["look", { checkId }],
    ["decide", { action: "refuse" }],
    ["ask", {}],
    ["message", {}],
  ] as const;
  for (const [route, params] of others) {
    const asked = await ask({ who: "mo", route, path: casePath(), params });
    expect(asked.status, route).toBe(409);
    expect((await ask({ who: "ari", route, path: casePath(), params })).status).toBe(404);
  }
  expect((await ask({ who: "ari", route: "case", path: casePath() })).status).toBe(404);
  expect((await ask({ who: "ari", route: "queue", path: "/moderation" })).status).toBe(404);
  const forged = { id: "no-such-case" };
  expect((await ask({ who: "mo", route: "case", path: "/x", params: forged })).status).toBe(404);
});

test("whoever knows the person lets go of the case, and does not find it again", async () => {
  expect(await pressed("mia", { intent: "conflict" })).toMatchObject({ to: "/moderation" });
  expect((await ask({ who: "mia", route: "case", path: casePath() })).status).toBe(404);
  const queue = await ask({ who: "mia", route: "queue", path: "/moderation" });
  expect(queue.html).not.toContain("Robin Example");
});
