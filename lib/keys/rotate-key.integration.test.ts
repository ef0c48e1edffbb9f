import { createDecipheriv, randomBytes, randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connect } from "#db/client.ts";
import { recoveryCodes } from "#db/schema/accounts.ts";
import { earlierKeys } from "#db/schema/keys.ts";
import { mails, neverContact } from "#db/schema/mails.ts";
import { therapists } from "#db/schema/profiles.ts";
import { registerFindings } from "#db/schema/registers.ts";
import { checks } from "#db/schema/vetting.ts";
import { recoveryCodeHashes } from "#lib/auth/make-recovery-codes.ts";
import {
  enqueueMail,
  isNeverToBeContacted,
  mailContext,
  neverContactHash,
} from "#lib/email/enqueue-mail.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { hashOf } from "#lib/registers/seal-facts.ts";
import { writeFindings } from "#lib/registers/write-findings.ts";
import { legalNameContext } from "#lib/revisions/queries.ts";
import { hashesUnder, keptHash, listHashKeys } from "#lib/sealing/kept-hash.ts";
import { type MasterKey, masterKeyOf } from "#lib/sealing/master-keys.ts";
import { hashWith, keyedHash, sealWith, tryUnseal, unseal } from "#lib/sealing/seal.ts";
import { makeLicensed } from "../../tests/support/people.ts";
import { canary, plantSealed } from "../../tests/support/plant-sealed.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { changeTexts, textsOf } from "./change-texts.ts";
import { rotateKey } from "./rotate-key.ts";
import { sumOf } from "./rules.ts";
import { sealedColumns } from "./sealed-columns.ts";

// Several changes of the key in one test, each over every table.
vi.setConfig({ testTimeout: 120_000 });
const database = testDatabase();
const newKey = () => randomBytes(32).toString("base64");
const keyOf = (text: string) => masterKeyOf(Buffer.from(text, "base64"));
let [old, young] = ["", ""];

/** What a process has in its environment, at each step of a change. */
const asBefore = () => set(old, "", "");
const asStepOne = () => set(old, young, "");
const asStepTwo = () => set(young, "", old);
const asAfter = () => set(young, "", "");
function set(key: string, next: string, before: string): void {
  vi.stubEnv("MASTER_KEY", key);
  vi.stubEnv("MASTER_KEY_NEXT", next);
  vi.stubEnv("MASTER_KEY_BEFORE", before);
}

beforeEach(async () => {
  vi.stubEnv("SITE_URL", "https://directory.example");
  [old, young] = [newKey(), newKey()];
  asBefore();
  await database.sql`truncate people, never_contact, earlier_keys, mails, register_sources cascade`;
  await loadReference(database.db);
});
afterEach(() => vi.unstubAllEnvs());

const rotate = (means: Parameters<typeof rotateKey>[0] = {}) => rotateKey(means, database.db);

/** Every text of every sealed column, opened as this process would. */
async function readAll(): Promise<string[]> {
  const found: string[] = [];
  for (const place of sealedColumns) {
    for await (const texts of textsOf(place, 100, database.db)) {
      for (const { of, text } of texts) found.push(unseal(text, place.context(of)));
    }
  }
  return found.filter((text) => text.includes(canary)).toSorted();
}

/** Which texts of the whole database a key opens, in any column, whatever they were sealed for. */
async function openedAnywhere(key: MasterKey): Promise<string[]> {
  const tables = await database.sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`;
  const opened: string[] = [];
  for (const { name } of tables) {
    const rows = await database.sql`select t::text as row from ${database.sql(name)} t`;
    for (const { row } of rows) {
      for (const [token] of String(row).matchAll(/[\w-]{40,}/g)) {
        const plain = withoutItsContext(token, key);
        if (plain.includes(canary)) opened.push(`${name}: ${plain}`);
      }
    }
  }
  return opened;
}

/** GCM decrypts without being asked what for; only its last step, left out here, would refuse. */
function withoutItsContext(token: string, key: MasterKey): string {
  const bytes = Buffer.from(token, "base64url");
  if (bytes[0] !== 1 || bytes.length < 30) return "";
  const cipher = createDecipheriv("aes-256-gcm", key.forPurpose("text"), bytes.subarray(1, 13));
  return cipher.update(bytes.subarray(29)).toString("utf8");
}

describe("everything that is sealed", () => {
  test("is planted: the registry has no column that this file does not see", async () => {
    await plantSealed(database.db);
    const opened = await readAll();
    const names = sealedColumns.map(({ name }) => name).filter((name) => !/^earlier/.test(name));
    expect(names.filter((name) => !opened.some((text) => text.includes(name)))).toEqual([]);
    expect(await openedAnywhere(keyOf(old))).toHaveLength(names.length);
  });

  test("is readable before, at each step, half-way and afterwards", async () => {
    await plantSealed(database.db);
    await plantSealed(database.db);
    const before = await readAll();
    expect(before.length).toBeGreaterThan(20);
    for (const step of [asStepOne, asStepTwo]) {
      step();
      expect(await readAll()).toEqual(before);
    }
    const stop = new AbortController();
    const places: string[] = [];
    const say = (place: string) => places.push(place) === 5 && stop.abort();
    await expect(rotate({ say, signal: stop.signal })).rejects.toThrow();
    expect(places).toHaveLength(5);
    // A process that was not restarted into step two yet, and one that was.
    for (const step of [asStepOne, asStepTwo]) {
      step();
      expect(await readAll()).toEqual(before);
    }
    expect(await openedAnywhere(keyOf(old))).not.toHaveLength(0);
    const { stands } = await rotate();
    expect(stands.filter(({ left, closed }) => left + closed > 0)).toEqual([]);
    asAfter();
    expect(await readAll()).toEqual(before);
  });

  test("what the first process of step two seals, one of step one opens", async () => {
    asStepTwo();
    await plantSealed(database.db);
    asStepOne();
    expect(await readAll()).not.toHaveLength(0);
    asBefore();
    await expect(readAll()).rejects.toThrow("no master key opens it");
  });

  test("does not open with the key before any more, anywhere in the database", async () => {
    await plantSealed(database.db);
    const planted = await openedAnywhere(keyOf(old));
    expect(planted.length).toBeGreaterThan(10);
    asStepTwo();
    await rotate();
    expect(await openedAnywhere(keyOf(old))).toEqual([]);
    expect((await openedAnywhere(keyOf(young))).toSorted()).toEqual(planted.toSorted());
    for (const place of sealedColumns) {
      for await (const texts of textsOf(place, 100, database.db)) {
        for (const { of, text } of texts) {
          expect(tryUnseal(text, place.context(of), keyOf(old))).toBeNull();
        }
      }
    }
  });

  test("again changes nothing and leaves no second word of it", async () => {
    await plantSealed(database.db);
    asStepTwo();
    const first = await rotate();
    expect(first.changed).toBeGreaterThan(10);
    expect((await rotate()).changed).toBe(0);
    const events = await database.sql`
      select verb, details from audit_events where verb like 'keys.%' order by id desc limit 2`;
    expect(events).toEqual([
      { verb: "keys.rotate", details: { changed: first.changed, left: 0, closed: 0 } },
      { verb: "keys.begin-rotation", details: {} },
    ]);
  });
});

describe("hashes that last", () => {
  const address = "never@again.example";
  const finding = {
    strength: "number",
    statusText: "ACTIVE",
    facts: { name: "Quill" },
    sourceAsOf: null,
  } as never;

  test("are found at each step, half-way, afterwards, and after a second change", async () => {
    const { db } = database;
    const { personId, therapistId } = await makeLicensed(db);
    const code = "k3f9-x2mq-7hdw";
    await db.insert(neverContact).values({ addressHash: neverContactHash(address) });
    // As releases wrote them that knew of one key alone.
    const plain = keyedHash("elder@again.example", "never-contact");
    await db.insert(neverContact).values({ addressHash: plain });
    const codeHash = keptHash("k3f9x2mq7hdw", `recovery:${personId}`);
    await db.insert(recoveryCodes).values({ personId, codeHash });
    const [check] = await db
      .insert(checks)
      .values({
        therapistId,
        track: "identity",
        claimType: "identity",
        claim: { name: "A", registerNameMark: keptHash("Quill", "register-name") },
        sourceType: "primary",
        method: "file",
        state: "attested",
      })
      .returning({ id: checks.id });
    const place = { therapistId, sourceId: "nppes", checkId: check?.id ?? "", credentialId: null };
    await database.sql`insert into register_sources (id) values ('nppes')`;
    await writeFindings(place, [finding], db);

    const found = async () => {
      const keys = await listHashKeys(db);
      const [row] = await db.select().from(recoveryCodes);
      const [look] = await db.select().from(checks);
      await writeFindings(place, [finding], db);
      return {
        never: await isNeverToBeContacted(address, db),
        elder: await isNeverToBeContacted("elder@again.example", db),
        other: await isNeverToBeContacted("other@again.example", db),
        code: recoveryCodeHashes(code, personId, keys).includes(row?.codeHash ?? ""),
        name: hashesUnder(keys, "Quill", "register-name").includes(
          `${look?.claim.registerNameMark}`,
        ),
        findings: await db.$count(registerFindings),
      };
    };
    const all = { never: true, elder: true, other: false, code: true, name: true, findings: 1 };
    for (const step of [asBefore, asStepOne, asStepTwo]) {
      step();
      expect(await found()).toEqual(all);
    }
    const stop = new AbortController();
    const say = (where: string) => where === "never_contact.address_hash" && stop.abort();
    await expect(rotate({ say, signal: stop.signal })).rejects.toThrow();
    for (const step of [asStepOne, asStepTwo]) {
      step();
      expect(await found()).toEqual(all);
    }
    expect(sumOf((await rotate()).stands, "left")).toBe(0);
    for (const step of [asStepTwo, asAfter]) {
      step();
      expect(await found()).toEqual(all);
    }
    const third = newKey();
    set(third, "", young);
    await rotate();
    set(third, "", "");
    expect(await found()).toEqual(all);
    expect(await db.$count(earlierKeys)).toBe(2);
    // Nobody can try addresses with a key that was given up.
    const rows = JSON.stringify(await db.select().from(neverContact));
    for (const key of [keyOf(old), keyOf(young)]) {
      expect(rows).not.toContain(hashWith(key, address, "never-contact"));
      expect(rows).not.toContain(hashWith(key, "elder@again.example", "never-contact"));
    }
  });

  test("a finding that is new is still told from one that is known", async () => {
    expect(hashOf("nppes", finding)).toBe(hashOf("nppes", finding));
    expect(hashOf("leie", finding)).not.toBe(hashOf("nppes", finding));
  });
});

describe("nothing is changed", () => {
  const dump = async () => {
    const rows = [];
    for (const { column, table } of sealedColumns) {
      rows.push(await database.db.execute(sql`select ${column} from ${table}`));
    }
    return JSON.stringify(rows);
  };

  test.each([
    ["wrong-key-before", () => set(young, "", newKey())],
    ["not-changing", () => asAfter()],
    ["next-does-not-seal", () => asStepOne()],
  ] as const)("%s: and says so", async (fault, step) => {
    await plantSealed(database.db);
    const [before, head] = [await dump(), await database.sql`select max(id) from audit_events`];
    step();
    await expect(rotate()).rejects.toMatchObject({ fault });
    expect(await dump()).toBe(before);
    expect(await database.db.$count(earlierKeys)).toBe(0);
    expect(await database.sql`select max(id) from audit_events`).toEqual(head);
  });

  test("where a key is to be taken up that was given up", async () => {
    await plantSealed(database.db);
    asStepTwo();
    await rotate();
    const before = await dump();
    set(old, "", young);
    await expect(rotate()).rejects.toMatchObject({ fault: "used-before" });
    expect(await dump()).toBe(before);
  });

  test("a text that no key opens stays as it is, and is told of", async () => {
    await plantSealed(database.db);
    const id = randomUUID();
    const sealedBody = sealWith(keyOf(newKey()), "lost", mailContext(id));
    await database.db.insert(mails).values({ id, kind: "sign-in", locale: "en", sealedBody });
    asStepTwo();
    const { stands } = await rotate();
    expect([sumOf(stands, "left"), sumOf(stands, "closed")]).toEqual([0, 1]);
    expect(stands.find(({ closed }) => closed)?.place).toBe("mails.sealed_body");
    const [row] = await database.db.select().from(mails).where(eq(mails.id, id));
    expect(row?.sealedBody).toBe(sealedBody);
    // Again, with nothing left to tell the right key by but that it was taken over.
    expect(sumOf((await rotate()).stands, "closed")).toBe(1);
  });
});

describe("while others write", () => {
  test("the last word stands, whichever key it was sealed with", async () => {
    const { db } = database;
    const ids = await Promise.all([plantSealed(db), plantSealed(db), plantSealed(db)]);
    const [older, newer] = [keyOf(old), keyOf(young)];
    asStepTwo();
    const writers = connect(database.url, { max: 3 });
    const last = new Map<string, string>();
    let running = true;
    const write = async (therapistId: string, turn: number) => {
      const words = `${therapistId} ${turn}`;
      const key = turn % 2 === 0 ? newer : older;
      const sealedLegalName = sealWith(key, words, legalNameContext(therapistId));
      await writers.db
        .update(therapists)
        .set({ sealedLegalName })
        .where(eq(therapists.id, therapistId));
      last.set(therapistId, words);
    };
    const writing = ids.map(async (id) => {
      for (let turn = 0; turn < 60; turn += 1) await write(id, turn);
    });
    const mailing = (async () => {
      for (let sent = 0; sent < 60; sent += 1) {
        await enqueueMail(
          {
            kind: "sign-in",
            to: `m${sent}@provider.net`,
            personId: null,
            locale: "en",
            params: { url: "https://directory.example/sign-in" },
          },
          writers.db,
        );
      }
    })();
    const all = Promise.all([...writing, mailing]).finally(() => {
      running = false;
    });
    try {
      while (running) await rotate({ atOnce: 50 });
    } finally {
      await all;
      await writers.sql.end();
    }
    expect(sumOf((await rotate()).stands, "left")).toBe(0);
    asAfter();
    for (const id of ids) {
      const [row] = await db.select().from(therapists).where(eq(therapists.id, id));
      expect(unseal(row?.sealedLegalName ?? "", legalNameContext(id))).toBe(last.get(id));
    }
    expect((await readAll()).length).toBeGreaterThan(30);
    expect(await db.$count(mails)).toBeGreaterThan(3);
  });

  test("a row that someone is at work on is not waited for, and is told as left", async () => {
    const therapistId = await plantSealed(database.db);
    asStepTwo();
    const other = connect(database.url, { max: 1 });
    await other.db.transaction(async (tx) => {
      await tx.select().from(therapists).where(eq(therapists.id, therapistId)).for("update");
      const { stands } = await rotate();
      expect(stands.filter(({ left }) => left > 0)).toMatchObject([
        { place: "therapists.sealed_legal_name", left: 1 },
      ]);
      // Whoever works on it can go on: we hold nothing that they may want.
      await tx.update(therapists).set({ accepting: false }).where(eq(therapists.id, therapistId));
    });
    await other.sql.end();
    expect((await rotate()).changed).toBe(1);
  });

  test("what was written since it was read is not written over", async () => {
    const therapistId = await plantSealed(database.db);
    const place = sealedColumns.find(({ name }) => name === "therapists.sealed_legal_name");
    if (!place) throw new Error("the place is gone");
    const read = await textsOf(place, 10, database.db).next();
    const [{ key = "", text = "" } = {}] = read.value ?? [];
    const fresh = sealWith(keyOf(old), "fresh", legalNameContext(therapistId));
    await database.db.update(therapists).set({ sealedLegalName: fresh });
    expect(await changeTexts(place, [{ key, was: text, text: "stale" }], database.db)).toBe(0);
    const [row] = await database.db.select().from(therapists);
    expect(row?.sealedLegalName).toBe(fresh);
  });
});
