import { eq } from "drizzle-orm";
import { TOTP } from "otpauth";
import { describe, expect, test } from "vitest";
import { failedAttempts, recoveryCodes, totpSecrets } from "#db/schema/accounts.ts";
import { auditEvents } from "#db/schema/audit.ts";
import type { Role } from "#db/vocabulary.ts";
import {
  accountEnvironment,
  mailsTo,
  type SignedIn,
  sessionOf,
  signedIn,
} from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { confirmTotp } from "./confirm-totp.ts";
import { makeRecoveryCodes } from "./make-recovery-codes.ts";
import { offerTotp } from "./offer-totp.ts";
import { passSecondFactor } from "./pass-second-factor.ts";
import { getSecondFactors } from "./queries.ts";
import { removeTotp } from "./remove-totp.ts";
import { recoveryCode, waitAfter } from "./rules.ts";

accountEnvironment();
const database = testDatabase();

const start = new Date("2026-11-23T12:00:00Z");
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const codeAt = (secret: string, at: Date) =>
  new TOTP({ secret }).generate({ timestamp: at.getTime() });

let people = 0;
/** Someone with an app that was set up at `start`, and a second session that has shown nothing. */
async function withApp(roles: Role[] = ["therapist"]) {
  people += 1;
  const email = `person-${people}@mail.example`;
  const settings = await signedIn(database.db, { email, roles });
  const offer = offerTotp(settings.session, start);
  const code = codeAt(offer.secret, start);
  const set = { offer, code, sessionKey: settings.key };
  expect(await confirmTotp(settings.session, set, start, database.db)).toBe(true);
  const half = await signedIn(database.db, { email, roles });
  return { email, settings, half, secret: offer.secret, firstCode: code };
}

const show = ({ session, key }: SignedIn, code: string, now: Date) =>
  passSecondFactor(session, { code, sessionKey: key }, now, database.db);
const factorOf = async ({ token }: SignedIn) => (await sessionOf(token, database.db)).secondFactor;

describe("an authenticator app", () => {
  test("counts from its first right code on, and for the session that set it up", async () => {
    const { settings, half, email } = await withApp();
    expect(await factorOf(settings)).toBe("passed");
    expect(await factorOf(half)).toBe("needed");
    expect((await mailsTo(email, database.db)).map(({ params }) => params.what)).toEqual([
      "totp-added",
    ]);
  });

  test("does not count with a wrong code", async () => {
    const someone = await signedIn(database.db, { email: "wrong@mail.example" });
    const offer = offerTotp(someone.session, start);
    const set = { offer, code: "000000", sessionKey: someone.key };
    expect(await confirmTotp(someone.session, set, start, database.db)).toBe(false);
    expect(await factorOf(someone)).toBe("not-set-up");
  });

  test("is stored sealed", async () => {
    const { secret } = await withApp();
    const rows = await database.db.select().from(totpSecrets);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  test("lets a session through, and only that one", async () => {
    const { half, email, secret } = await withApp();
    const third = await signedIn(database.db, { email });
    expect(await show(half, codeAt(secret, later(60)), later(60))).toEqual({ passed: true });
    expect(await factorOf(half)).toBe("passed");
    expect(await factorOf(third)).toBe("needed");
  });

  test("shows a code that works once, and none from before it", async () => {
    const { half, secret, firstCode } = await withApp();
    expect(await show(half, firstCode, later(10))).toEqual({ passed: false, why: "wrong" });
    const code = codeAt(secret, later(60));
    expect(await show(half, ` ${code.slice(0, 3)} ${code.slice(3)} `, later(60))).toEqual({
      passed: true,
    });
    expect(await show(half, code, later(61))).toEqual({ passed: false, why: "wrong" });
    expect(await show(half, codeAt(secret, later(30)), later(60))).toEqual({
      passed: false,
      why: "wrong",
    });
  });

  test("passes one of many who show the same code at the same moment", async () => {
    const { half, secret } = await withApp();
    const code = codeAt(secret, later(60));
    const answers = await Promise.all(Array.from({ length: 4 }, () => show(half, code, later(60))));
    expect(answers.filter(({ passed }) => passed)).toHaveLength(1);
  });

  test("of someone else lets nobody through", async () => {
    const mine = await withApp();
    const other = await withApp();
    expect(await show(mine.half, codeAt(other.secret, later(60)), later(60))).toMatchObject({
      passed: false,
    });
    const mixed = { ...mine.half, session: other.half.session };
    await show(mixed, codeAt(other.secret, later(90)), later(90));
    expect(await factorOf(mine.half)).toBe("needed");
  });

  test("takes the place of one before", async () => {
    const { settings, half, secret } = await withApp();
    const offer = offerTotp(settings.session, later(60));
    const set = { offer, code: codeAt(offer.secret, later(60)), sessionKey: settings.key };
    await confirmTotp(settings.session, set, later(60), database.db);
    expect(await show(half, codeAt(secret, later(120)), later(120))).toMatchObject({
      passed: false,
    });
    expect(await show(half, codeAt(offer.secret, later(120)), later(120))).toEqual({
      passed: true,
    });
  });
});

describe("who guesses", () => {
  test("waits after five, ever longer, even with the right code, and begins anew after it", async () => {
    const { half, secret } = await withApp();
    for (let guess = 0; guess < 5; guess += 1) {
      expect(await show(half, "000000", start)).toEqual({ passed: false, why: "wrong" });
    }
    const right = (at: number) => show(half, codeAt(secret, later(at)), later(at));
    expect(await right(20)).toEqual({ passed: false, why: "wait", seconds: 10 });
    expect(await show(half, "000000", later(31))).toEqual({ passed: false, why: "wrong" });
    expect(await right(31 + 59)).toEqual({ passed: false, why: "wait", seconds: 1 });
    expect(await right(31 + 61)).toEqual({ passed: true });
    expect(await show(half, "000000", later(100))).toEqual({ passed: false, why: "wrong" });
  });

  test("is counted, many guessing at once", async () => {
    const { half } = await withApp();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => show(half, "000000", start)),
    );
    expect(answers.filter((answer) => !answer.passed && answer.why === "wrong")).toHaveLength(5);
    const [row] = await database.db
      .select()
      .from(failedAttempts)
      .where(eq(failedAttempts.subject, `second-factor:${half.session.personId}`));
    expect(waitAfter(row?.failures ?? 0)).toBe(30);
  });
});

describe("recovery codes", () => {
  test("are ten, each works once, however it is typed", async () => {
    const { half, settings, email } = await withApp();
    const codes = await makeRecoveryCodes(settings.session, database.db);
    expect(new Set(codes).size).toBe(recoveryCode.count);
    const [first = "", second = ""] = codes;
    expect(await show(half, ` ${first.toUpperCase().replaceAll("-", " ")} `, start)).toEqual({
      passed: true,
    });
    expect(await factorOf(half)).toBe("passed");
    const next = await signedIn(database.db, { email });
    expect(await show(next, first, start)).toEqual({ passed: false, why: "wrong" });
    expect(await show(next, second, start)).toEqual({ passed: true });
    expect((await getSecondFactors(half.session.personId, database.db)).recoveryCodesLeft).toBe(8);
  });

  test("make those before void, and are stored as hashes", async () => {
    const { half, settings } = await withApp();
    const [old = ""] = await makeRecoveryCodes(settings.session, database.db);
    const codes = await makeRecoveryCodes(settings.session, database.db);
    expect(await show(half, old, start)).toEqual({ passed: false, why: "wrong" });
    const rows = JSON.stringify(await database.db.select().from(recoveryCodes));
    for (const code of [old, ...codes]) expect(rows).not.toContain(code.replaceAll("-", ""));
  });

  test("of someone else let nobody through", async () => {
    const mine = await withApp();
    const other = await withApp();
    const [code = ""] = await makeRecoveryCodes(other.settings.session, database.db);
    expect(await show(mine.half, code, start)).toEqual({ passed: false, why: "wrong" });
  });

  test("are for people who have something to recover", async () => {
    const someone = await signedIn(database.db, { email: "bare@mail.example" });
    await expect(makeRecoveryCodes(someone.session, database.db)).rejects.toThrow(Error);
  });
});

test.each<[Role[], boolean]>([
  [["therapist"], true],
  [["moderator"], false],
  [["therapist", "lead"], false],
  [["auditor"], false],
  [["lived-experience-reviewer"], false],
])("the last factor of %j can be removed: %s", async (roles, removed) => {
  const { settings } = await withApp(roles);
  await makeRecoveryCodes(settings.session, database.db);
  expect(await removeTotp(settings.session, database.db)).toBe(removed);
  expect(await factorOf(settings)).toBe(removed ? "not-set-up" : "passed");
  const { recoveryCodesLeft } = await getSecondFactors(settings.session.personId, database.db);
  expect(recoveryCodesLeft).toBe(removed ? 0 : recoveryCode.count);
});

test("an app that is not there cannot be removed", async () => {
  const someone = await signedIn(database.db, { email: "none@mail.example" });
  await expect(removeTotp(someone.session, database.db)).rejects.toMatchObject({
    name: "NotFoundError",
  });
});

test("every change left a line in the log, and no code stands there", async () => {
  const events = await database.db.select().from(auditEvents);
  const verbs = new Set(events.map(({ verb }) => verb));
  for (const verb of ["totp.confirm", "totp.remove", "second-factor.pass", "recovery-codes.make"]) {
    expect(verbs).toContain(verb);
  }
  expect(JSON.stringify(events)).not.toMatch(/"\d{6}"/);
});
