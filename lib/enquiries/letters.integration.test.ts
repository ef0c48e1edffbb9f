import { randomUUID } from "node:crypto";
import { armor } from "age-encryption";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { sealAgeFile } from "#lib/letters/age-file.ts";
import { openArmoured } from "#lib/letters/armoured.ts";
import { openEnquiry, openReply, SEALED_LENGTHS } from "#lib/letters/letter.ts";
import type { Mailbox } from "#lib/letters/mailbox.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import {
  type Inbox,
  makeReader,
  openInbox,
  proofFor,
  sealedAnswer,
  sealedTo,
  write,
} from "../../tests/support/inbox.ts";
import { outcome } from "../../tests/support/outcome.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { burnMailbox } from "./burn-mailbox.ts";
import { closeEnquiry } from "./close-enquiry.ts";
import { fetchReplies } from "./fetch-replies.ts";
import { listLetters } from "./queries.ts";
import { revealAbuse } from "./reveal-abuse.ts";
import { mostArmoured } from "./rules.ts";
import { sendArmoured } from "./send-armoured.ts";
import { sendEnquiry } from "./send-enquiry.ts";
import { sendReply } from "./send-reply.ts";

const database = testDatabase();
const now = new Date();
const today = todayUtc(now);
const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
let lia: Inbox;
let uma: Inbox;
let reader: Mailbox;

accountEnvironment();
beforeAll(async () => {
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 0, today });
});
beforeEach(async () => {
  await database.sql`truncate enquiries, replies, spent_proofs, daily_counts, reminders, mails`;
  lia = await openInbox(database, "lia-listed", now);
  uma = await openInbox(database, "uma-unconfirmed", now);
  reader = await makeReader();
});

const letters = async (inbox: Inbox, day = today) =>
  (await listLetters(inbox.actor, { page: 1, today: day }, database.db)).letters;

async function onlyLetter(inbox: Inbox) {
  const [letter] = await letters(inbox);
  if (!letter) throw new Error("there is no letter");
  return letter;
}

async function answer(inbox: Inbox, enquiryId: string, when = now, body = "Yes.") {
  const ciphertext = await sealedAnswer(inbox, reader, body);
  return sendReply(inbox.actor, { enquiryId, ciphertext }, when, database.db);
}

async function fetchSlots(mailbox: Mailbox, when = now): Promise<string[]> {
  const proof = await proofFor("fetch", when);
  const given = await fetchReplies({ token: mailbox.token, proof }, when, database.db);
  if ("problem" in given) throw new Error(given.problem);
  return given.slots;
}

async function readAnswers(mailbox: Mailbox, when = now): Promise<string[]> {
  const opened = await Promise.all(
    (await fetchSlots(mailbox, when)).map((slot) => openReply(slot, mailbox)),
  );
  return opened.flatMap((slot) => (slot.ok ? [slot.body] : []));
}

async function burn(mailbox: Mailbox) {
  return burnMailbox({ token: mailbox.token, proof: await proofFor("burn") }, now, database.db);
}

describe("a letter", () => {
  test("is read by its therapist, answered, read by its writer and burnt, and nothing is left", async () => {
    expect(await write(lia, reader, { body: "Canary one." }, database.db)).toBe("sent");
    const letter = await onlyLetter(lia);
    const opened = await openEnquiry(letter.ciphertext, [lia.key.identity], lia);
    expect(opened).toMatchObject({ ok: true, body: "Canary one.", reply: reader.recipient });
    await answer(lia, letter.id, now, "Canary two.");
    expect(await readAnswers(reader)).toEqual(["Canary two."]);
    expect(await burn(reader)).toBeNull();
    expect(await readAnswers(reader)).toEqual([]);
    for (const table of ["enquiries", "replies", "reminders", "daily_counts"]) {
      expect(await database.sql`select * from ${database.sql(table)}`).toHaveLength(0);
    }
  });

  test("leaves a hash, an id of ours, a sealed text and a day, and no word anywhere else", async () => {
    const before = await dump();
    await write(lia, reader, { body: "Canary three." }, database.db);
    const after = await dump();
    const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
    expect(changed.toSorted()).toEqual(["public.enquiries", "public.spent_proofs"]);
    const [row, ...more] = await database.sql`select * from enquiries`;
    expect(more).toEqual([]);
    expect(row).toEqual({
      id: expect.stringMatching(/^[\w-]{36}$/),
      token_hash: reader.tokenHash,
      therapist_id: lia.therapist,
      ciphertext: expect.any(String),
      expires_on: addDays(today, 30),
    });
    const [spent] = await database.sql`select * from spent_proofs`;
    expect(Object.keys(spent ?? {})).toEqual(["digest", "lapses_at"]);
    expect(spent?.lapses_at).toMatch(/:00:00\+00$/);
    expect(JSON.stringify(after)).not.toMatch(/Canary three/);
  });

  test.each([
    ["lia-listed", true],
    ["sam-suspended", false],
    ["paul-paused", false],
    ["pat-pending", false],
    ["stella-stale", false],
  ] as const)("to %s, with a key: %s", async (persona, sent) => {
    const inbox = await openInbox(database, persona);
    expect(await write(inbox, reader, {}, database.db)).toBe(sent ? "sent" : "no-key");
    expect(await letters(inbox)).toHaveLength(sent ? 1 : 0);
  });

  test("to someone without a key, or to nobody, is not taken, and its proof not spent", async () => {
    await database.sql`delete from enquiry_keys`;
    expect(await write(lia, reader, {}, database.db)).toBe("no-key");
    const nobody = { ...lia, slug: "nobody-at-all" };
    expect(await write(nobody, reader, {}, database.db)).toBe("no-key");
    expect(await database.sql`select * from spent_proofs`).toHaveLength(0);
  });

  test("that is not sealed as ours are is not taken", async () => {
    const sealed = await sealedTo(lia, reader, "Hello.");
    const proof = await proofFor(`write:${lia.therapist}`);
    for (const ciphertext of ["SGVsbG8=", sealed.slice(0, -4), `${sealed}AAAA`, sealed.slice(4)]) {
      const letter = { therapist: lia.slug, tokenHash: reader.tokenHash, ciphertext, proof };
      expect(await sendEnquiry(letter, now, database.db)).toBe("not-sealed");
    }
    expect(await letters(lia)).toEqual([]);
  });
});

describe("therapists get of a letter", () => {
  test("four things, and letters in an order that tells no time", async () => {
    for (let sent = 0; sent < 5; sent += 1) await write(lia, reader, {}, database.db);
    const found = await letters(lia);
    for (const letter of found) {
      expect(Object.keys(letter)).toEqual(["id", "ciphertext", "expiresOn", "answered"]);
    }
    expect(found.map(({ id }) => id)).toEqual(found.map(({ id }) => id).toSorted());
  });

  test("their own alone, and what is not theirs is not there", async () => {
    await write(lia, reader, {}, database.db);
    const { id } = await onlyLetter(lia);
    const others = [
      uma.actor,
      { ...lia.actor, roles: [] },
      { personId: "x", roles: ["therapist"] },
    ];
    for (const actor of others as Inbox["actor"][]) {
      const shown = { enquiryId: id, words: "x" };
      expect(await outcome(answer({ ...lia, actor }, id))).toBe("not found");
      expect(await outcome(closeEnquiry(actor, [id], database.db))).toBe("not found");
      expect(await outcome(revealAbuse(actor, shown, today, database.db))).toBe("not found");
    }
    expect(await letters(uma)).toEqual([]);
    expect(await letters(lia)).toHaveLength(1);
    expect(await database.sql`select * from replies`).toHaveLength(0);
  });

  test.each(["", "no-such-id", "'; drop table enquiries; --", randomUUID()])(
    "nothing for the id %j",
    async (id) => {
      expect(await outcome(answer(lia, id))).toBe("not found");
      expect(await outcome(closeEnquiry(lia.actor, [id], database.db))).toBe("not found");
    },
  );
});

describe("an answer", () => {
  test("ends what it answers 14 days from then, and what came after stays for 30", async () => {
    await write(lia, reader, { body: "first" }, database.db);
    const { id } = await onlyLetter(lia);
    await write(lia, reader, { body: "second", now: later(3) }, database.db);
    await answer(lia, id, later(3));
    const ends = async () =>
      (await letters(lia)).map(({ expiresOn, answered }) => [expiresOn, answered]);
    expect(await ends()).toEqual([
      [addDays(today, 17), true],
      [addDays(today, 33), false],
    ]);
    await answer(lia, (await letters(lia))[1]?.id ?? "", later(5));
    expect(await ends()).toEqual([
      [addDays(today, 17), true],
      [addDays(today, 19), true],
    ]);
    expect(await readAnswers(reader, later(17))).toHaveLength(2);
    expect(await readAnswers(reader, later(18))).toHaveLength(1);
    expect(await readAnswers(reader, later(20))).toHaveLength(0);
    expect(await letters(lia, addDays(today, 20))).toEqual([]);
  });

  test("is a sealed file of one size, or nothing", async () => {
    await write(lia, reader, {}, database.db);
    const { id, ciphertext } = await onlyLetter(lia);
    expect(ciphertext).toHaveLength(SEALED_LENGTHS[0]);
    for (const plain of ["Hello.", ciphertext]) {
      const reply = { enquiryId: id, ciphertext: plain };
      expect(await outcome(sendReply(lia.actor, reply, now, database.db))).toBe("unsealed");
    }
  });

  test("can wait with three others of the same therapist, and nobody else's push it out", async () => {
    await write(lia, reader, {}, database.db);
    await write(uma, reader, {}, database.db);
    const [ofLia, ofUma] = [await onlyLetter(lia), await onlyLetter(uma)];
    await answer(uma, ofUma.id, now, "from uma");
    for (const body of ["1", "2", "3", "4"]) await answer(lia, ofLia.id, later(1), body);
    expect(await outcome(answer(lia, ofLia.id, later(1)))).toBe("too-many");
    const read = await readAnswers(reader);
    expect(read).toHaveLength(4);
    expect(read).toContain("from uma");
  });

  test("stays when its letter is closed", async () => {
    await write(lia, reader, {}, database.db);
    const { id } = await onlyLetter(lia);
    await answer(lia, id);
    await closeEnquiry(lia.actor, [id], database.db);
    expect(await letters(lia)).toEqual([]);
    expect(await readAnswers(reader)).toEqual(["Yes."]);
  });
});

describe("a mailbox that never was", () => {
  test("gives as many bytes as one with answers", async () => {
    await write(lia, reader, {}, database.db);
    await answer(lia, (await onlyLetter(lia)).id);
    const nobody = await makeReader();
    for (const mailbox of [reader, nobody]) {
      const slots = await fetchSlots(mailbox);
      expect(slots.map((slot) => slot.length)).toEqual(Array(4).fill(SEALED_LENGTHS[1]));
      expect(new Set(slots).size).toBe(4);
    }
  });

  test("is burnt like any other, and others stay", async () => {
    await write(lia, reader, {}, database.db);
    expect(await burn(await makeReader())).toBeNull();
    expect(await letters(lia)).toHaveLength(1);
  });
});

describe("a text that was sealed without us", () => {
  const armoured = async (recipient: string) =>
    armor.encode(await sealAgeFile(new TextEncoder().encode("By hand."), recipient));

  test("arrives as it is, with no way back", async () => {
    const text = await armoured(lia.key.recipient);
    const sent = { therapist: lia.slug, text };
    expect(await sendArmoured(sent, now, database.db)).toBe("sent");
    const { ciphertext } = await onlyLetter(lia);
    expect(await openArmoured(ciphertext, [lia.key.identity])).toEqual({
      ok: true,
      body: "By hand.",
    });
  });

  test.each([
    ["", "empty"],
    ["Please call me.", "plain-text"],
    ["-----BEGIN AGE ENCRYPTED FILE-----\nYWdl", "truncated"],
  ])("%j is refused", async (text, reason) => {
    expect(await sendArmoured({ therapist: lia.slug, text }, now, database.db)).toBe(reason);
    expect(await letters(lia)).toEqual([]);
  });

  test("ten a day for one inbox, and so many for all, whatever the rush", async () => {
    const text = await armoured(lia.key.recipient);
    const send = (inbox: Inbox, when: Date) =>
      sendArmoured({ therapist: inbox.slug, text }, when, database.db);
    const rush = await Promise.all(Array.from({ length: 30 }, () => send(lia, now)));
    expect(rush.filter((sent) => sent === "sent")).toHaveLength(mostArmoured.ofInbox);
    expect(rush.filter((sent) => sent === "full")).toHaveLength(30 - mostArmoured.ofInbox);
    expect(await send(uma, now)).toBe("sent");
    await database.sql`update daily_counts set count = ${mostArmoured.ofSite} where subject = 'armoured'`;
    expect(await send(uma, now)).toBe("full");
    expect(await send(lia, later(1))).toBe("sent");
  });
});

/** Every table as text. */
async function dump(): Promise<Record<string, string>> {
  const tables = await database.sql<{ name: string }[]>`
    select schemaname || '.' || tablename as name from pg_tables
    where schemaname in ('public', 'graphile_worker')`;
  const said: Record<string, string> = {};
  for (const { name } of tables) {
    said[name] = JSON.stringify(
      await database.sql.unsafe(`select t::text from ${name} t order by 1`),
    );
  }
  return said;
}
