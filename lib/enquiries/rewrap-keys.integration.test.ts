import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "#lib/auth/rules.ts";
import {
  type Key,
  makeKey,
  unwrapByPassphrase,
  unwrapByRecovery,
  wrapByPassphrase,
  wrapByRecovery,
} from "#lib/letters/keys.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { outcome } from "../../tests/support/outcome.ts";
import { makeListing, makePerson } from "../../tests/support/people.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { addKey } from "./add-key.ts";
import { listOwnKeys } from "./queries.ts";
import { rewrapKeys } from "./rewrap-keys.ts";

accountEnvironment();
const database = testDatabase();
const now = new Date();
let owner: Actor;
let key: Key;
let recovery: Key;
let keyId = "";
let first = "";
let second = "";

// Each passphrase takes a second, so they are made once.
beforeAll(async () => {
  [key, recovery] = await Promise.all([makeKey(), makeKey()]);
  first = await wrapByPassphrase(key.identity, "five herons wait by a weir");
  second = await wrapByPassphrase(key.identity, "another long passphrase");
});
beforeEach(async () => {
  owner = await makePerson(database.db);
  await makeListing(database.db, owner, { confirmedOn: todayUtc() });
  await database.sql`delete from enquiry_keys`;
  const wraps = { wrappedByPassphrase: first, wrappedByPasskey: null };
  const wrappedByRecovery = await wrapByRecovery(key.identity, recovery);
  keyId = await addKey(
    owner,
    { recipient: key.recipient, ...wraps, wrappedByRecovery },
    now,
    database.db,
  );
});

const kept = async () => (await listOwnKeys(owner, now, database.db)).keys[0];

test("one way in is replaced, and the others and the key stay", async () => {
  await rewrapKeys(owner, { by: "passphrase", keys: [{ keyId, wrapped: second }] }, database.db);
  const after = await kept();
  const by = after?.wrappedByPassphrase ?? "";
  expect(await unwrapByPassphrase(by, "another long passphrase")).toMatchObject(key);
  const opened = await unwrapByRecovery(after?.wrappedByRecovery ?? "", recovery.identity);
  expect(opened).toMatchObject(key);
  expect(after).toMatchObject({ recipient: key.recipient, state: "active", activeFrom: now });
});

test("it is noted by the key's fingerprint, and mailed", async () => {
  await rewrapKeys(owner, { by: "passphrase", keys: [{ keyId, wrapped: second }] }, database.db);
  const events = await database.sql<{ details: object }[]>`select details from audit_events
    where verb = 'message-key.rewrap' and actor_id = ${owner.personId}`;
  expect(events.map(({ details }) => details)).toEqual([
    { fingerprint: (await kept())?.fingerprint },
  ]);
  const mails = await database.sql`select from mails where kind = 'message-key-changed'`;
  expect(mails.length).toBeGreaterThan(1);
});

describe("refused, and nothing changes:", () => {
  test.each([
    ["of someone else", "not found"],
    ["without a listing", "not found"],
    ["of no one", "not found"],
    ["not wrapped", "unsealed"],
    ["wrapped in another way", "unsealed"],
  ])("%s -> %s", async (whose, expected) => {
    const before = await kept();
    const stranger = await makePerson(database.db);
    if (whose === "of someone else") {
      await makeListing(database.db, stranger, { confirmedOn: todayUtc() });
    }
    const isTheirs = whose === "of someone else" || whose === "without a listing";
    const wrapped =
      whose === "not wrapped"
        ? key.identity
        : whose === "wrapped in another way"
          ? await wrapByRecovery(key.identity, recovery)
          : second;
    const keys = [
      { keyId, wrapped },
      ...(whose === "of no one" ? [{ keyId: "no-such-key", wrapped }] : []),
    ];
    const work = rewrapKeys(isTheirs ? stranger : owner, { by: "passphrase", keys }, database.db);
    expect(await outcome(work)).toBe(expected);
    expect(await kept()).toEqual(before);
  });
});
