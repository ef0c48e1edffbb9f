import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { people, sessions, verificationTokens } from "#db/schema/accounts.ts";
import { unavailablePart } from "#lib/errors.ts";
import { tokenKey } from "#lib/sealing/link-token.ts";
import {
  accountEnvironment,
  mailsTo,
  requestWith,
  sessionOf,
  setSession,
  signedIn,
} from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { endAllSessions } from "./end-all-sessions.ts";
import { endSession } from "./end-session.ts";
import { openAccount } from "./open-account.ts";
import { purgeLapsed } from "./purge-lapsed.ts";
import { isLinkGood } from "./queries.ts";
import { readSession } from "./read-session.ts";
import { linkLife, sessionLimits } from "./rules.ts";
import { sendSignInLink } from "./send-sign-in-link.ts";
import { sessionCookieName } from "./session-cookie.ts";
import { spendSignInLink } from "./spend-sign-in-link.ts";

accountEnvironment();
const database = testDatabase();

const ask = (address: string, more: { to?: string; locale?: "en" | "es" } = {}) =>
  sendSignInLink(
    { address, to: "/account", locale: "en", origin: "https://directory.example", ...more },
    database.db,
  );
const linksTo = async (address: string) =>
  (await mailsTo(address, database.db)).map(({ params }) => new URL(params.url ?? ""));
const askedToken = async (address: string) => {
  await ask(address);
  return (await linksTo(address)).at(-1)?.searchParams.get("token") ?? "";
};
const spend = (token: string, oldSession: string | null = null) =>
  spendSignInLink({ token, locale: "es", oldSession }, database.db);
const tokenIn = (cookies: string[] | null) =>
  new RegExp(`^${sessionCookieName}=([^;]+)`).exec(cookies?.[0] ?? "")?.[1] ?? "";
const personWith = async (email: string) =>
  (await database.db.select().from(people).where(eq(people.email, email)))[0];
const minutes = (count: number) => count * 60_000;
const fromNow = (ms: number) => new Date(Date.now() + ms);

describe("a link", () => {
  test("names no address, and says where to go on only when that is not the usual place", async () => {
    await ask("ada@mail.example");
    await ask("ada@mail.example", { to: "/account/profile", locale: "es" });
    const [first, second] = await linksTo("ada@mail.example");
    expect(first?.pathname).toBe("/sign-in/confirm");
    expect([...(first?.searchParams.keys() ?? [])]).toEqual(["token"]);
    expect(second?.pathname).toBe("/es/sign-in/confirm");
    expect(second?.searchParams.get("to")).toBe("/account/profile");
  });

  test("opens an account in the language of its page, once", async () => {
    const token = await askedToken("bo@mail.example");
    expect(await isLinkGood(token, new Date(), database.db)).toBe(true);
    expect(await personWith("bo@mail.example")).toBeUndefined();
    const cookies = await spend(token);
    expect(await personWith("bo@mail.example")).toMatchObject({
      locale: "es",
      roles: ["therapist"],
    });
    expect(await sessionOf(tokenIn(cookies), database.db)).toMatchObject({
      email: "bo@mail.example",
      secondFactor: "not-set-up",
    });
    expect(await isLinkGood(token, new Date(), database.db)).toBe(false);
    expect(await spend(token)).toBeNull();
  });

  test("signs in whoever has an account already, and changes nothing about it", async () => {
    await signedIn(database.db, { email: "cy@mail.example", roles: ["moderator"] });
    const cookies = await spend(await askedToken("cy@mail.example"));
    expect((await sessionOf(tokenIn(cookies), database.db)).heldRoles).toEqual(["moderator"]);
    expect((await personWith("cy@mail.example"))?.locale).toBe("en");
  });

  test("is spent by one of many who press at the same moment", async () => {
    const token = await askedToken("di@mail.example");
    const answers = await Promise.all(Array.from({ length: 8 }, () => spend(token)));
    expect(answers.filter((cookies) => cookies !== null)).toHaveLength(1);
  });

  test("of a new address opens one account, also when two are pressed at the same moment", async () => {
    const opening = { email: "dora@mail.example", locale: "en" } as const;
    const both = [openAccount(opening, database.db), openAccount(opening, database.db)];
    const [one, other] = await Promise.all(both);
    expect(one?.id).toBe(other?.id);
  });

  test("lapses", async () => {
    const token = await askedToken("ed@mail.example");
    expect(await isLinkGood(token, fromNow(minutes(14)), database.db)).toBe(true);
    expect(await isLinkGood(token, fromNow(minutes(16)), database.db)).toBe(false);
    await database.db
      .update(verificationTokens)
      .set({ expires: fromNow(-1000) })
      .where(eq(verificationTokens.identifier, "ed@mail.example"));
    expect(await spend(token)).toBeNull();
    expect(await personWith("ed@mail.example")).toBeUndefined();
  });

  test("is not what the database holds", async () => {
    const token = await askedToken("flo@mail.example");
    const [stored] = await database.db
      .select()
      .from(verificationTokens)
      .where(eq(verificationTokens.identifier, "flo@mail.example"));
    expect(stored?.token).not.toBe(token);
    expect(await spend(stored?.token ?? "")).toBeNull();
  });

  test.each(["", "x", "' or true --", "a".repeat(5000)])("called %.20j is none", async (token) => {
    expect(await isLinkGood(token, new Date(), database.db)).toBe(false);
    expect(await spend(token)).toBeNull();
  });
});

describe("an address", () => {
  test("gets its share and no more until its links have lapsed, many asking at once", async () => {
    await Promise.all(Array.from({ length: 9 }, () => ask("gus@mail.example")));
    expect(await linksTo("gus@mail.example")).toHaveLength(linkLife.most);
    await ask("hal@mail.example");
    expect(await linksTo("hal@mail.example")).toHaveLength(1);
    await database.db
      .update(verificationTokens)
      .set({ expires: fromNow(-1000) })
      .where(eq(verificationTokens.identifier, "gus@mail.example"));
    await ask("gus@mail.example");
    expect(await linksTo("gus@mail.example")).toHaveLength(linkLife.most + 1);
  });

  test("is written to alike, known or unknown", async () => {
    await signedIn(database.db, { email: "ida@mail.example" });
    await ask("ida@mail.example");
    await ask("nobody@mail.example");
    const [known] = await mailsTo("ida@mail.example", database.db);
    const [unknown] = await mailsTo("nobody@mail.example", database.db);
    expect(known?.kind).toBe(unknown?.kind);
    expect(known?.params.url?.length).toBe(unknown?.params.url?.length);
  });

  test("is gone from the database once its links have lapsed", async () => {
    await ask("jo@mail.example");
    await purgeLapsed(fromNow(minutes(16)), database.db);
    const left = await database.db.select().from(verificationTokens);
    expect(left).toEqual([]);
  });
});

describe("a session", () => {
  test("is stored under a hash, and the hash signs nobody in", async () => {
    const { token } = await signedIn(database.db, { email: "kim@mail.example" });
    const rows = await database.db.select().from(sessions);
    const stored = rows.map(({ sessionToken }) => sessionToken);
    expect(stored).toContain(tokenKey(token));
    expect(stored).not.toContain(token);
    const { session } = await readSession(requestWith(tokenKey(token)), database.db);
    expect(session).toBeNull();
  });

  test("comes in a cookie that only this host sets, over TLS, out of reach of scripts", async () => {
    const cookies = await spend(await askedToken("kit@mail.example"));
    expect(cookies).toHaveLength(1);
    expect(cookies?.[0]).toMatch(
      /^__Host-parasol-session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  test("is a new one at every sign-in, and ends the one before", async () => {
    const mallory = await signedIn(database.db, { email: "mallory@mail.example" });
    for (const email of ["len@mail.example", "mallory@mail.example"]) {
      const before = await signedIn(database.db, { email });
      const token = tokenIn(await spend(await askedToken(email), before.token));
      expect(token).not.toBe(before.token);
      expect((await readSession(before.request, database.db)).session).toBeNull();
    }
    expect((await readSession(mallory.request, database.db)).session).not.toBeNull();
  });

  test("does not end because someone tries a link that is no good", async () => {
    const { token, request } = await signedIn(database.db, { email: "max@mail.example" });
    expect(await spend("no-good", token)).toBeNull();
    expect((await readSession(request, database.db)).session).not.toBeNull();
  });

  test("lives on while it is used, in the database and in the cookie", async () => {
    const { token, request } = await signedIn(database.db, { email: "nan@mail.example" });
    await setSession(token, { expires: fromNow(minutes(20)) }, database.db);
    const { session, cookies } = await readSession(request, database.db);
    expect(session?.email).toBe("nan@mail.example");
    const expires = Date.parse(/Expires=([^;]+)/.exec(cookies[0] ?? "")?.[1] ?? "");
    expect(expires - Date.now()).toBeGreaterThan((sessionLimits.idleSeconds - 10) * 1000);
    const [row] = await database.db
      .select()
      .from(sessions)
      .where(eq(sessions.sessionToken, tokenKey(token)));
    expect(Number(row?.expires) - Date.now()).toBeGreaterThan(minutes(59));
  });

  test("ends when nothing was done for an hour, and takes its cookie along", async () => {
    const { token, request } = await signedIn(database.db, { email: "oz@mail.example" });
    await setSession(token, { expires: fromNow(-1000) }, database.db);
    const { session, cookies } = await readSession(request, database.db);
    expect(session).toBeNull();
    expect(cookies[0]).toMatch(/^__Host-parasol-session=; Max-Age=0;/);
    const rows = await database.db
      .select()
      .from(sessions)
      .where(eq(sessions.sessionToken, tokenKey(token)));
    expect(rows).toEqual([]);
  });

  test("ends after twelve hours, however busy", async () => {
    const { token, request } = await signedIn(database.db, { email: "pat@mail.example" });
    const begun = new Date(Date.now() - (sessionLimits.absoluteSeconds - 120) * 1000);
    await setSession(token, { createdAt: begun, expires: fromNow(minutes(1)) }, database.db);
    expect((await readSession(request, database.db)).session).not.toBeNull();
    const [row] = await database.db
      .select()
      .from(sessions)
      .where(eq(sessions.sessionToken, tokenKey(token)));
    expect(Number(row?.expires)).toBeLessThanOrEqual(
      begun.getTime() + sessionLimits.absoluteSeconds * 1000,
    );
    const past = new Date(Date.now() - (sessionLimits.absoluteSeconds + 1) * 1000);
    await setSession(token, { createdAt: past, expires: fromNow(minutes(30)) }, database.db);
    expect((await readSession(request, database.db)).session).toBeNull();
  });

  test("of one browser ends alone, all of a person end together, others' stay", async () => {
    const first = await signedIn(database.db, { email: "quin@mail.example" });
    const second = await signedIn(database.db, { email: "quin@mail.example" });
    const other = await signedIn(database.db, { email: "rae@mail.example" });
    const isIn = async ({ request }: typeof first) =>
      (await readSession(request, database.db)).session !== null;
    await endSession(first.token, database.db);
    expect(await Promise.all([first, second, other].map(isIn))).toEqual([false, true, true]);
    const third = await signedIn(database.db, { email: "quin@mail.example" });
    await endAllSessions(third.session, database.db);
    expect(await Promise.all([second, third, other].map(isIn))).toEqual([false, false, true]);
    const [notice] = await mailsTo("quin@mail.example", database.db);
    expect(notice).toMatchObject({
      kind: "security-notice",
      params: { what: "signed-out-everywhere" },
    });
  });

  test("is not looked up where accounts are closed", async () => {
    const { request } = await signedIn(database.db, { email: "sam@mail.example" });
    const secret = process.env.AUTH_SECRET;
    delete process.env.AUTH_SECRET;
    try {
      expect(await readSession(request, database.db)).toEqual({ session: null, cookies: [] });
    } finally {
      process.env.AUTH_SECRET = secret;
    }
  });
});

test("what the database throws comes out as it was, and no session begins", async () => {
  const token = await askedToken("tess@mail.example");
  await database.sql`create function no_sessions() returns trigger language plpgsql as
    $$ begin raise exception 'canary' using errcode = '57P01'; end $$`;
  await database.sql`create trigger no_sessions before insert on sessions
    for each row execute function no_sessions()`;
  const thrown = await spend(token).catch((error: unknown) => error);
  expect(unavailablePart(thrown)).toBe("postgres");
  await database.sql`drop trigger no_sessions on sessions`;
  expect(await personWith("tess@mail.example")).toBeUndefined();
  expect(await spend(token)).not.toBeNull();
});
