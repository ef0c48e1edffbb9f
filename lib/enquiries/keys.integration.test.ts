import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "#lib/auth/rules.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { type Inbox, makeNewKey, makeReader, openInbox, write } from "../../tests/support/inbox.ts";
import { outcome } from "../../tests/support/outcome.ts";
import { makePerson } from "../../tests/support/people.ts";
import { accountEnvironment, mailsTo } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { getActiveKey } from "./active-key.ts";
import { addKey } from "./add-key.ts";
import { cancelKey } from "./cancel-key.ts";
import { forgetOldKeys } from "./forget-old-keys.ts";
import { listOwnKeys } from "./queries.ts";
import { withdrawKey } from "./withdraw-key.ts";

const database = testDatabase();
const now = new Date();
const hours = (more: number) => new Date(now.getTime() + more * 3_600_000);
let lia: Inbox;

accountEnvironment();
beforeAll(async () => {
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 0, today: todayUtc(now) });
});
beforeEach(async () => {
  await database.sql`truncate enquiry_keys, mails, enquiries, replies`;
  lia = await openInbox(database, "lia-listed", now);
});

const active = async (when: Date) =>
  (await getActiveKey(lia.slug, when, database.db))?.recipient ?? null;
const states = async (when: Date) =>
  (await listOwnKeys(lia.actor, when, database.db)).keys.map(({ state }) => state);
const add = async (when: Date, actor = lia.actor) => {
  const { key, given } = await makeNewKey();
  const id = await addKey(actor, given, when, database.db);
  return { id, recipient: key.recipient };
};

async function heard() {
  const [person] = await database.sql<{ email: string }[]>`
    select email from people where id = ${lia.actor.personId}`;
  return (await mailsTo(person?.email ?? "", database.db)).map(({ kind, params }) => ({
    kind,
    what: params.what,
    activeFrom: params.activeFrom,
  }));
}

const logged = async () =>
  (
    await database.sql<{ verb: string }[]>`
    select verb from audit_events where verb like 'message-key.%'
      and actor_id = ${lia.actor.personId} order by id desc limit 1`
  )[0]?.verb;

test("the first key counts at once, and its owner hears of it", async () => {
  expect(await active(now)).toBe(lia.key.recipient);
  expect(await heard()).toEqual([{ kind: "message-key-changed", what: "first", activeFrom: null }]);
  expect(await logged()).toBe("message-key.add");
});

test("a later key counts after 72 hours and not a second before", async () => {
  const second = await add(hours(1));
  expect(await active(hours(1))).toBe(lia.key.recipient);
  expect(await active(new Date(hours(73).getTime() - 1000))).toBe(lia.key.recipient);
  expect(await states(hours(72))).toEqual(["waiting", "active"]);
  expect(await active(hours(73))).toBe(second.recipient);
  expect(await states(hours(73))).toEqual(["active", "earlier"]);
  const day = todayUtc(hours(73));
  expect((await heard()).at(-1)).toMatchObject({ what: "waiting", activeFrom: day });
});

test("one waits at a time, however many are added at once", async () => {
  const adding = await Promise.all(Array.from({ length: 10 }, () => outcome(add(hours(1)))));
  expect(adding.toSorted()).toEqual(["done", ...Array(9).fill("key-waits")]);
  expect(await outcome(add(hours(2)))).toBe("key-waits");
  expect(await outcome(add(hours(74)))).toBe("done");
});

test("the first of all waits for none, however many are added at once", async () => {
  await database.sql`truncate enquiry_keys`;
  const adding = await Promise.all(Array.from({ length: 10 }, () => outcome(add(now))));
  expect(adding.filter((done) => done === "done")).toHaveLength(2);
  expect(await states(now)).toEqual(["waiting", "active"]);
});

describe("a key that waits", () => {
  test("can be cancelled, and the one before goes on", async () => {
    const { id } = await add(hours(1));
    await cancelKey(lia.actor, id, hours(72), database.db);
    expect(await active(hours(100))).toBe(lia.key.recipient);
    expect(await logged()).toBe("message-key.cancel");
    expect((await heard()).at(-1)).toMatchObject({ what: "cancelled" });
    expect(await outcome(cancelKey(lia.actor, id, hours(72), database.db))).toBe("not found");
  });

  test("cannot be cancelled any more once it counts", async () => {
    const { id } = await add(hours(1));
    expect(await outcome(cancelKey(lia.actor, id, hours(73), database.db))).toBe("too-late");
    expect(await outcome(cancelKey(lia.actor, lia.keyId, now, database.db))).toBe("too-late");
  });

  test("cannot be taken back before it counts", async () => {
    const { id } = await add(hours(1));
    expect(await outcome(withdrawKey(lia.actor, id, hours(2), database.db))).toBe("not found");
  });
});

describe("a key that is taken back", () => {
  test("is sealed to no more, and brings no older one back", async () => {
    const { id } = await add(hours(1));
    await withdrawKey(lia.actor, id, hours(80), database.db);
    expect(await active(hours(80))).toBeNull();
    expect(await states(hours(80))).toEqual(["withdrawn", "earlier"]);
    expect(await logged()).toBe("message-key.withdraw");
    expect((await heard()).at(-1)).toMatchObject({ what: "withdrawn" });
    expect(await write(lia, await makeReader(), { now: hours(81) }, database.db)).toBe("no-key");
  });

  test("gives whoever took it no way round the wait", async () => {
    await withdrawKey(lia.actor, lia.keyId, hours(1), database.db);
    const { recipient } = await add(hours(2));
    expect(await active(hours(73))).toBeNull();
    expect(await active(hours(74))).toBe(recipient);
  });
});

describe("someone else's", () => {
  test("keys cannot be seen, cancelled or taken back", async () => {
    const uma = await openInbox(database, "uma-unconfirmed", now);
    const waits = await add(hours(1));
    for (const actor of [uma.actor, await makePerson(database.db), notTherapist(lia.actor)]) {
      expect(await outcome(cancelKey(actor, waits.id, hours(2), database.db))).toBe("not found");
      expect(await outcome(withdrawKey(actor, lia.keyId, now, database.db))).toBe("not found");
    }
    expect((await listOwnKeys(uma.actor, now, database.db)).keys).toHaveLength(1);
    expect(await outcome(listOwnKeys(notTherapist(lia.actor), now, database.db))).toBe("not found");
    expect(await outcome(add(now, notTherapist(lia.actor)))).toBe("not found");
    expect(await states(hours(2))).toEqual(["waiting", "active"]);
  });
});

test.each([
  ["a recipient that is none", { recipient: `age1${"q".repeat(58)}` }],
  ["a secret that is not wrapped", { wrappedByPassphrase: "AGE-SECRET-KEY-1" }],
  ["wraps that are swapped", "swapped"],
])("%s is no key", async (_name, change) => {
  const { given } = await makeNewKey();
  const wrong =
    change === "swapped"
      ? { ...given, wrappedByRecovery: given.wrappedByPassphrase }
      : { ...given, ...(change as object) };
  expect(await outcome(addKey(lia.actor, wrong, hours(1), database.db))).toBe("unsealed");
});

describe("an old key", () => {
  const days = (more: number) => hours(more * 24);

  test("goes when no letter to it can be left, and its successor stays", async () => {
    await add(hours(0));
    // It counts from day 3; a letter of that day lives for 30, and 14 more when it is answered then.
    await forgetOldKeys(days(3 + 44.9), database.db);
    expect(await states(days(50))).toEqual(["active", "earlier"]);
    await forgetOldKeys(days(3 + 45.1), database.db);
    expect(await states(days(50))).toEqual(["active"]);
    await forgetOldKeys(days(500), database.db);
    expect(await states(days(500))).toEqual(["active"]);
  });

  test("that was taken back goes as well, and so do all before it", async () => {
    const { id } = await add(hours(0));
    await withdrawKey(lia.actor, id, days(4), database.db);
    await forgetOldKeys(days(4 + 44.9), database.db);
    expect(await states(days(49))).toEqual(["withdrawn"]);
    await forgetOldKeys(days(4 + 45.1), database.db);
    expect(await states(days(50))).toEqual([]);
    const [event] = await database.sql<{ details: object }[]>`
      select details from audit_events where verb = 'enquiries.forget' order by id desc limit 1`;
    expect(event?.details).toEqual({ keys: 1, abuseNotes: 0 });
  });
});

test("words that were shown to moderators go 90 days after one dealt with them", async () => {
  const today = todayUtc(now);
  const note = (settled: number | null) => database.sql`
    insert into abuse_notes (therapist_id, received_on, sealed_words, settled_by, settled_on)
    values (${lia.therapist}, ${today}::date, ${String(settled)},
      ${settled === null ? null : "mo"}, ${settled === null ? null : addDays(today, -settled)}::date)`;
  for (const settled of [null, 90, 91]) await note(settled);
  for (const _ of ["once", "and again"]) await forgetOldKeys(now, database.db);
  const left = await database.sql<{ words: string }[]>`
    select sealed_words as words from abuse_notes where sealed_words is not null order by 1`;
  expect(left.map(({ words }) => words)).toEqual(["90", "null"]);
});

function notTherapist(actor: Actor): Actor {
  return { ...actor, roles: ["moderator"] };
}
