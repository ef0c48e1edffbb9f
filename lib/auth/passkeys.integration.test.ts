import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { passkeyChallenges, passkeys } from "#db/schema/accounts.ts";
import type { Role } from "#db/vocabulary.ts";
import { softPasskey } from "../../tests/support/soft-passkey.ts";
import {
  accountEnvironment,
  mailsTo,
  readSessionOf,
  type SignedIn,
  sessionOf,
  signedIn,
} from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { addPasskey } from "./add-passkey.ts";
import { offerNewPasskey, offerPasskeySignIn } from "./offer-passkey.ts";
import { removePasskey } from "./remove-passkey.ts";
import { renamePasskey } from "./rename-passkey.ts";
import { MOST_PASSKEYS } from "./rules.ts";
import { signInByPasskey } from "./sign-in-by-passkey.ts";

accountEnvironment();
const database = testDatabase();

const site = { id: "directory.example", origin: "https://directory.example" };
type Device = ReturnType<typeof softPasskey>;
type Asked = Parameters<Device["make"]>[0];

let count = 0;
let someone: SignedIn;
let device: Device;

async function newPerson(roles: Role[] = ["therapist"]) {
  count += 1;
  return signedIn(database.db, { email: `key-${count}@mail.example`, roles });
}

beforeEach(async () => {
  someone = await newPerson();
  device = softPasskey();
});

const askedBy = (challenge: string, wrong: Partial<Asked> = {}): Asked => ({
  challenge,
  origin: site.origin,
  rpId: site.id,
  ...wrong,
});

async function add(owner: SignedIn, on: Device, wrong: Partial<Asked> = {}): Promise<boolean> {
  const { ceremony, options } = await offerNewPasskey(owner.session, site, database.db);
  const response = on.make(askedBy(options.challenge, wrong));
  const made = { ceremony, name: "my phone", response, site, sessionKey: owner.key };
  return addPasskey(owner.session, made, database.db);
}

async function show(
  on: Device,
  owner: string,
  wrong: Partial<Asked> = {},
  oldSession: string | null = null,
) {
  const { ceremony, options } = await offerPasskeySignIn(site, database.db);
  const response = on.show(askedBy(options.challenge, wrong), owner);
  return {
    cookie: await signInByPasskey({ ceremony, response, site, oldSession }, database.db),
    ceremony,
    response,
  };
}

const stored = async () =>
  (await database.db.select().from(passkeys).where(eq(passkeys.id, device.id)))[0];
const tokenIn = (cookie: string | null) => /=([^;]+)/.exec(cookie ?? "")?.[1] ?? "";

describe("a new passkey", () => {
  test("is kept with its name, counts as second factor, and is told by mail", async () => {
    expect(await add(someone, device)).toBe(true);
    expect(await stored()).toMatchObject({
      name: "my phone",
      personId: someone.session.personId,
      transports: ["internal"],
    });
    expect((await sessionOf(someone.token, database.db)).secondFactor).toBe("passed");
    const [mail] = await mailsTo(someone.session.email, database.db);
    expect(mail?.params).toEqual({ what: "passkey-added" });
  });

  test("asks for one that names its owner and checks who holds it", async () => {
    const { options } = await offerNewPasskey(someone.session, site, database.db);
    expect(options.authenticatorSelection).toMatchObject({
      residentKey: "required",
      userVerification: "required",
    });
    expect(options.rp.id).toBe(site.id);
    expect(options.attestation).toBe("none");
  });

  test.each<[string, Partial<Asked>]>([
    ["another challenge", { challenge: Buffer.alloc(32, 1).toString("base64url") }],
    ["another site", { origin: "https://evil.example" }],
    ["a plain connection", { origin: "http://directory.example" }],
    ["a key for another site", { rpId: "evil.example" }],
    ["nobody's finger or PIN", { userVerified: false }],
  ])("is refused with %s", async (_, wrong) => {
    expect(await add(someone, device, wrong)).toBe(false);
    expect(await stored()).toBeUndefined();
  });

  test("answers one question once, and one's own", async () => {
    const other = await newPerson();
    const { ceremony, options } = await offerNewPasskey(someone.session, site, database.db);
    const response = device.make(askedBy(options.challenge));
    const made = { ceremony, name: "x", response, site };
    expect(await addPasskey(other.session, { ...made, sessionKey: other.key }, database.db)).toBe(
      false,
    );
    expect(
      await addPasskey(someone.session, { ...made, sessionKey: someone.key }, database.db),
    ).toBe(true);
    expect(
      await addPasskey(someone.session, { ...made, sessionKey: someone.key }, database.db),
    ).toBe(false);
  });

  test("answers in time", async () => {
    const { ceremony, options } = await offerNewPasskey(someone.session, site, database.db);
    await database.db.update(passkeyChallenges).set({ expires: new Date(Date.now() - 1) });
    const response = device.make(askedBy(options.challenge));
    const made = { ceremony, name: "x", response, site, sessionKey: someone.key };
    expect(await addPasskey(someone.session, made, database.db)).toBe(false);
  });

  test("is nobody else's afterwards", async () => {
    await add(someone, device);
    const other = await newPerson();
    expect(await add(other, device)).toBe(false);
    expect((await stored())?.personId).toBe(someone.session.personId);
  });

  test("is refused when there are too many", async () => {
    for (let made = 0; made < MOST_PASSKEYS; made += 1) await add(someone, softPasskey());
    await expect(add(someone, device)).rejects.toMatchObject({ reason: "too-many" });
  });
});

describe("signing in by passkey", () => {
  beforeEach(async () => {
    await add(someone, device);
  });

  test("needs no name and no second factor, and ends the session before", async () => {
    const before = await newPerson();
    const { cookie } = await show(device, someone.session.personId, {}, before.token);
    const session = await sessionOf(tokenIn(cookie), database.db);
    expect(session).toMatchObject({ personId: someone.session.personId, secondFactor: "passed" });
    expect(await readSessionOf(before.token, database.db)).toBeNull();
    expect((await stored())?.lastUsedAt).not.toBeNull();
  });

  test.each<[string, Partial<Asked>]>([
    ["another challenge", { challenge: Buffer.alloc(32, 1).toString("base64url") }],
    ["another site", { origin: "https://evil.example" }],
    ["a key for another site", { rpId: "evil.example" }],
    ["nobody's finger or PIN", { userVerified: false }],
  ])("is refused with %s", async (_, wrong) => {
    const { cookie } = await show(device, someone.session.personId, wrong);
    expect(cookie).toBeNull();
  });

  test("is refused for a device we do not know, or that says it is someone else's", async () => {
    expect((await show(softPasskey(), someone.session.personId)).cookie).toBeNull();
    const other = await newPerson();
    expect((await show(device, other.session.personId)).cookie).toBeNull();
  });

  test("is refused with a signature that was changed, and with one of another device", async () => {
    const { ceremony, options } = await offerPasskeySignIn(site, database.db);
    const response = device.show(askedBy(options.challenge), someone.session.personId);
    const forged = softPasskey().show(askedBy(options.challenge), someone.session.personId);
    const mixed = {
      ...response,
      response: { ...response.response, signature: forged.response.signature },
    };
    expect(
      await signInByPasskey({ ceremony, response: mixed, site, oldSession: null }, database.db),
    ).toBeNull();
  });

  test("is refused when the answer comes twice", async () => {
    const { ceremony, response, cookie } = await show(device, someone.session.personId);
    expect(cookie).not.toBeNull();
    const again = { ceremony, response, site, oldSession: null };
    expect(await signInByPasskey(again, database.db)).toBeNull();
  });

  test("is refused when the counter went back, as with a copy", async () => {
    await database.db.update(passkeys).set({ counter: 1000 }).where(eq(passkeys.id, device.id));
    expect((await show(device, someone.session.personId)).cookie).toBeNull();
  });
});

describe("whose passkey it is", () => {
  beforeEach(async () => {
    await add(someone, device);
  });

  test("its owner renames and removes it; to others it is not there", async () => {
    const other = await newPerson();
    const notThere = { name: "NotFoundError" };
    const rename = { id: device.id, name: "mine" };
    await expect(renamePasskey(other.session, rename, database.db)).rejects.toMatchObject(notThere);
    await expect(removePasskey(other.session, device.id, database.db)).rejects.toMatchObject(
      notThere,
    );
    expect(await stored()).toMatchObject({ name: "my phone" });
    await renamePasskey(someone.session, rename, database.db);
    expect(await stored()).toMatchObject({ name: "mine" });
    expect(await removePasskey(someone.session, device.id, database.db)).toBe(true);
    expect(await stored()).toBeUndefined();
  });

  test("staff keep their last one, also when two are removed at the same moment", async () => {
    const staff = await newPerson(["moderator"]);
    const kept = softPasskey();
    const others = Array.from({ length: 8 }, softPasskey);
    await add(staff, kept);
    let last = kept.id;
    for (const other of others) {
      await add(staff, other);
      const pair = [last, other.id];
      const removed = await Promise.all(
        pair.map((id) => removePasskey(staff.session, id, database.db)),
      );
      expect(removed.toSorted()).toEqual([false, true]);
      last = pair[removed.indexOf(false)] ?? "";
    }
  });
});
