import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { addressChanges, people, sessions, verificationTokens } from "#db/schema/accounts.ts";
import { sendSignInLink } from "#lib/auth/send-sign-in-link.ts";
import { accountEnvironment, mailsTo, signedIn } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { askAddressChange } from "./ask-address-change.ts";
import { confirmAddressChange } from "./confirm-address-change.ts";
import { getAccountSettings, isAddressLinkGood } from "./queries.ts";
import { mostAddressChanges } from "./rules.ts";
import { setMailLanguage } from "./set-mail-language.ts";

accountEnvironment();
const database = testDatabase();
const now = new Date();
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

const emailOf = async (id: string) =>
  (await database.db.select().from(people).where(eq(people.id, id)))[0]?.email;

let count = 0;
async function person() {
  count += 1;
  return signedIn(database.db, { email: `old-${count}@mail.example` });
}

async function tokenTo(address: string, kind: "address-change-old" | "address-change-new") {
  const mails = await mailsTo(address, database.db);
  const url = mails.findLast((mail) => mail.kind === kind)?.params.url;
  return new URL(url ?? "https://none.example").searchParams.get("token") ?? "";
}

async function asking(newEmail: string) {
  const someone = await person();
  const { email, personId } = someone.session;
  await askAddressChange(someone.session, newEmail, now, database.db);
  return {
    ...someone,
    id: personId,
    email,
    oldToken: await tokenTo(email, "address-change-old"),
    newToken: await tokenTo(newEmail, "address-change-new"),
  };
}

const confirm = (token: string, at: Date = now) => confirmAddressChange(token, at, database.db);
const isGood = (token: string) => isAddressLinkGood(token, now, database.db);

describe("a change of address", () => {
  test.each(["oldToken", "newToken"] as const)("waits for both, first %s", async (first) => {
    const newEmail = `new-${first.toLowerCase()}@mail.example`;
    const asked = await asking(newEmail);
    const second = first === "oldToken" ? "newToken" : "oldToken";
    expect(await confirm(asked[first])).toBe(true);
    expect(await emailOf(asked.id)).toBe(asked.email);
    expect(await isGood(asked[first])).toBe(false);
    expect(await confirm(asked[first])).toBe(false);
    expect(await isGood(asked[second])).toBe(true);
    expect(await confirm(asked[second])).toBe(true);
    expect(await emailOf(asked.id)).toBe(newEmail);
    for (const address of [asked.email, newEmail]) {
      const kinds = (await mailsTo(address, database.db)).map(({ params }) => params.what);
      expect(kinds).toContain("address-changed");
    }
  });

  test("happens when both press at the same moment, however the two fall", async () => {
    for (let round = 0; round < 8; round += 1) {
      const wanted = `moment-${round}@mail.example`;
      const asked = await asking(wanted);
      await Promise.all([confirm(asked.oldToken), confirm(asked.newToken)]);
      expect(await emailOf(asked.id)).toBe(wanted);
    }
  });

  test("makes links that are on their way to the old address void", async () => {
    const asked = await asking("void@mail.example");
    const link = { to: "/account", locale: "en", origin: "https://directory.example" } as const;
    await sendSignInLink({ ...link, address: asked.email }, database.db);
    await confirm(asked.oldToken);
    await confirm(asked.newToken);
    expect(await database.db.select().from(verificationTokens)).toEqual([]);
  });

  test("to an address of another account looks the same, and never happens", async () => {
    const other = await person();
    const asked = await asking(other.session.email);
    expect(await confirm(asked.oldToken)).toBe(true);
    expect(await confirm(asked.newToken)).toBe(true);
    expect(await emailOf(asked.id)).toBe(asked.email);
    expect(await emailOf(other.session.personId)).toBe(other.session.email);
  });

  test("is asked for anew: the links before are void", async () => {
    const asked = await asking("first@mail.example");
    await askAddressChange(asked.session, "second@mail.example", now, database.db);
    expect(await confirm(asked.newToken)).toBe(false);
    const { addressChange } = await getAccountSettings(asked.session, now, database.db);
    expect(addressChange).toMatchObject({ newEmail: "second@mail.example", oldConfirmedAt: null });
  });

  test("lapses after an hour", async () => {
    const asked = await asking("late@mail.example");
    expect(await confirm(asked.oldToken, later(59))).toBe(true);
    expect(await confirm(asked.newToken, later(61))).toBe(false);
    expect(await emailOf(asked.id)).toBe(asked.email);
    expect(
      (await getAccountSettings(asked.session, later(61), database.db)).addressChange,
    ).toBeNull();
  });

  test("can be asked for a few times in an hour", async () => {
    const { session } = await person();
    const ask = (at: Date) => askAddressChange(session, "many@mail.example", at, database.db);
    for (let asked = 0; asked < mostAddressChanges; asked += 1) await ask(now);
    await expect(ask(now)).rejects.toMatchObject({ reason: "too-many" });
    await ask(later(61));
  });

  test("stores no token that a link holds", async () => {
    const asked = await asking("hash@mail.example");
    const rows = JSON.stringify(await database.db.select().from(addressChanges));
    expect(rows).not.toContain(asked.oldToken);
    expect(rows).not.toContain(asked.newToken);
  });

  test.each(["", "x", "null"])("is not confirmed by %j", async (token) => {
    expect(await isGood(token)).toBe(false);
    expect(await confirm(token)).toBe(false);
  });
});

test("mails come in the language that was asked for", async () => {
  const { session } = await person();
  await setMailLanguage(session, "es", database.db);
  expect((await getAccountSettings(session, now, database.db)).locale).toBe("es");
});

test("settings count only sessions that hold", async () => {
  const first = await signedIn(database.db, { email: "counts@mail.example" });
  await signedIn(database.db, { email: "counts@mail.example" });
  expect((await getAccountSettings(first.session, now, database.db)).sessions).toBe(2);
  const lapsed = { expires: new Date(now.getTime() - 1) };
  await database.db.update(sessions).set(lapsed).where(eq(sessions.sessionToken, first.key));
  expect((await getAccountSettings(first.session, now, database.db)).sessions).toBe(1);
});
