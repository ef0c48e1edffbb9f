import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import type { Mailbox } from "#lib/letters/mailbox.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import {
  type Inbox,
  makeReader,
  openInbox,
  proofFor,
  sealedAnswer,
  write,
} from "../../tests/support/inbox.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { burnMailbox } from "./burn-mailbox.ts";
import { digestEnquiries } from "./digest-enquiries.ts";
import { expireEnquiries } from "./expire-enquiries.ts";
import { sendReply } from "./send-reply.ts";
import { spendProof } from "./spend-proof.ts";

const database = testDatabase();
const now = new Date();
const today = todayUtc(now);
const days = (more: number) => new Date(now.getTime() + more * 86_400_000);
let lia: Inbox;
let uma: Inbox;
let reader: Mailbox;

accountEnvironment();
beforeAll(async () => {
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 0, today });
});
beforeEach(async () => {
  await database.sql`truncate enquiries, replies, spent_proofs, daily_counts, reminders`;
  lia = await openInbox(database, "lia-listed", now);
  uma = await openInbox(database, "uma-unconfirmed", now);
  await database.sql`truncate mails`;
  await database.sql`update people set deletion_asked_at = null`;
  reader = await makeReader();
});

const count = async (table: string) =>
  (await database.sql`select * from ${database.sql(table)}`).length;

async function answerAll(when = now) {
  const rows = await database.sql<{ id: string }[]>`
    select id from enquiries where therapist_id = ${lia.therapist}`;
  for (const { id } of rows) {
    const reply = { enquiryId: id, ciphertext: await sealedAnswer(lia, reader, "Yes.") };
    await sendReply(lia.actor, reply, when, database.db);
  }
}

describe("the digest", () => {
  const mailed = async () =>
    (
      await database.sql<{ personId: string; kind: string }[]>`
      select person_id as "personId", kind from mails`
    ).map(({ personId, kind }) => {
      expect(kind).toBe("messages-waiting");
      return personId;
    });

  test("is one mail, however much is new, however often and by how many it is sent", async () => {
    for (let sent = 0; sent < 3; sent += 1) await write(lia, reader, {}, database.db);
    await write(uma, reader, {}, database.db);
    await Promise.all(Array.from({ length: 5 }, () => digestEnquiries(today, database.db)));
    await digestEnquiries(today, database.db);
    expect((await mailed()).toSorted()).toEqual(
      [lia.actor.personId, uma.actor.personId].toSorted(),
    );
  });

  test("is not sent where nothing is new", async () => {
    await digestEnquiries(today, database.db);
    expect(await mailed()).toEqual([]);
    await write(lia, reader, {}, database.db);
    await digestEnquiries(today, database.db);
    for (const later of [1, 2, 30]) await digestEnquiries(addDays(today, later), database.db);
    expect(await mailed()).toEqual([lia.actor.personId]);
  });

  test("tells the next day of what came after it on the same day", async () => {
    await write(lia, reader, {}, database.db);
    await digestEnquiries(today, database.db);
    await write(lia, reader, {}, database.db);
    await digestEnquiries(today, database.db);
    expect(await mailed()).toHaveLength(1);
    await digestEnquiries(addDays(today, 1), database.db);
    expect(await mailed()).toHaveLength(2);
  });

  test("says nothing of what is answered, and nothing to whoever is about to go", async () => {
    await write(lia, reader, {}, database.db);
    await answerAll();
    await write(uma, reader, {}, database.db);
    await database.sql`update people set deletion_asked_at = now() where id = ${uma.actor.personId}`;
    await digestEnquiries(today, database.db);
    expect(await mailed()).toEqual([]);
  });

  test("by a clock that jumps a day ahead and back is sent once", async () => {
    await write(lia, reader, {}, database.db);
    for (const day of [addDays(today, 1), today, addDays(today, 1)]) {
      await digestEnquiries(day, database.db);
    }
    expect(await mailed()).toHaveLength(1);
  });

  test("by two workers a day apart, at the same moment, is sent once", async () => {
    await write(lia, reader, {}, database.db);
    const apart = [0, 1, 0, 1, 0, 1].map((more) => addDays(today, more));
    await Promise.all(apart.map((day) => digestEnquiries(day, database.db)));
    expect(await mailed()).toHaveLength(1);
    // The one who came too late has used up no day of theirs.
    await write(lia, reader, {}, database.db);
    for (const day of apart) await digestEnquiries(day, database.db);
    expect(await mailed()).toHaveLength(2);
  });

  test("leaves no trace of a letter that is burnt", async () => {
    await write(lia, reader, {}, database.db);
    await digestEnquiries(today, database.db);
    const told = () => database.sql`select * from reminders where subject like 'letter:%'`;
    expect(await told()).toHaveLength(1);
    await burnMailbox({ token: reader.token, proof: await proofFor("burn") }, now, database.db);
    expect(await told()).toHaveLength(0);
  });
});

describe("after its last day", () => {
  test("a letter goes, and not on that day", async () => {
    await write(lia, reader, {}, database.db);
    await digestEnquiries(today, database.db);
    await expireEnquiries(new Date(`${addDays(today, 30)}T23:59:59Z`), database.db);
    expect(await count("enquiries")).toBe(1);
    await expireEnquiries(new Date(`${addDays(today, 31)}T00:00:00Z`), database.db);
    expect(await count("enquiries")).toBe(0);
    const told = await database.sql`select * from reminders where subject like 'letter:%'`;
    expect(told).toHaveLength(0);
  });

  test("an answer goes with what it answers, and not on that day", async () => {
    await write(lia, reader, {}, database.db);
    await answerAll(days(2));
    await expireEnquiries(new Date(`${addDays(today, 16)}T23:59:59Z`), database.db);
    expect([await count("enquiries"), await count("replies")]).toEqual([1, 1]);
    await expireEnquiries(new Date(`${addDays(today, 17)}T00:00:00Z`), database.db);
    expect([await count("enquiries"), await count("replies")]).toEqual([0, 0]);
  });

  test("a proof is refused for longer than it is remembered, by a clock a day off", async () => {
    const proof = await proofFor("fetch");
    const asked = { purpose: "fetch", now } as const;
    expect(await spendProof(proof, asked, database.db)).toBeNull();
    await expireEnquiries(days(1), database.db);
    expect(await spendProof(proof, asked, database.db)).toBe("proof-spent");
    await expireEnquiries(days(3), database.db);
    expect(await count("spent_proofs")).toBe(0);
  });

  test("counts of a day go the day after the next", async () => {
    await database.sql`insert into daily_counts values ('x', ${today}::date, 1)`;
    await expireEnquiries(days(1), database.db);
    expect(await count("daily_counts")).toBe(1);
    await expireEnquiries(days(2), database.db);
    expect(await count("daily_counts")).toBe(0);
  });

  test("none of it leaves a line in the log", async () => {
    const before = await count("audit_events");
    await write(lia, reader, {}, database.db);
    await answerAll();
    await digestEnquiries(today, database.db);
    await expireEnquiries(days(60), database.db);
    expect(await count("audit_events")).toBe(before);
  });
});
