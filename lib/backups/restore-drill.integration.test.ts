import { randomBytes, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Connection, connect } from "#db/client.ts";
import { people, sessions } from "#db/schema/accounts.ts";
import { auditEvents } from "#db/schema/audit.ts";
import { credentials } from "#db/schema/credentials.ts";
import { dailyCounts, enquiries, replies, spentProofs } from "#db/schema/enquiries.ts";
import { evidence } from "#db/schema/evidence.ts";
import { neverContact } from "#db/schema/mails.ts";
import { therapists } from "#db/schema/profiles.ts";
import { readHead } from "#lib/audit/read-head.ts";
import { headText } from "#lib/audit/rules.ts";
import { verifyChain } from "#lib/audit/verify-chain.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { readConfig } from "#lib/config.ts";
import { NotFoundError } from "#lib/errors.ts";
import { addEvidence } from "#lib/evidence/add-evidence.ts";
import { destroyEvidence } from "#lib/evidence/destroy-evidence.ts";
import { readEvidence } from "#lib/evidence/read-evidence.ts";
import { rotateKey } from "#lib/keys/rotate-key.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { openStore } from "#lib/storage/open-store.ts";
import { asAdmin } from "../../tests/support/as-admin.ts";
import { makePng } from "../../tests/support/files/pictures.ts";
import { makeRevision } from "../../tests/support/people.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { readArchive, readEntry, writeArchive } from "./archive.ts";
import { makeLedger } from "./ledger.ts";
import { restoreBackup } from "./restore-backup.ts";
import { RestoreError } from "./rules.ts";
import type { End, Ledger } from "./schema.ts";
import { countRows } from "./tables-as-they-load.ts";
import { type Written, writeBackup } from "./write-backup.ts";

const database = testDatabase();
const token = "a-token-of-a-visitor";
let folder = "";
let file = "";
let identity = "";
let recipient = "";
let written: Written;
let kept = "";
let destroyed = "";
let ana: Actor;
let gone: Actor;
const emptied: { name: string; connection: Connection }[] = [];

const storeOf = (name: string) => openStore(readConfig({ DATA_DIR: join(folder, name) }));

beforeAll(async () => {
  process.env.MASTER_KEY = randomBytes(32).toString("base64");
  folder = await mkdtemp(join(tmpdir(), "parasol-backup-"));
  file = join(folder, "one.backup");
  identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
  await loadReference(database.db);
  ana = await makeSomeone("ana");
  gone = await makeSomeone("gone");
  kept = await upload(ana);
  destroyed = await upload(ana, 31);
  await leaveWhatStaysOut();
  written = await backUp(file);
});

afterAll(async () => {
  for (const { name, connection } of emptied) {
    await connection.sql.end({ timeout: 1 });
    await asAdmin((sql) => sql`drop database if exists ${sql(name)} with (force)`);
  }
  await rm(folder, { recursive: true, force: true });
});

describe("a backup", () => {
  test("comes back as it was: rows, chain, documents", async () => {
    const target = await restore(written.ledger, "whole");
    for (const [table, rows] of Object.entries(written.end.rows)) {
      expect([table, await countRows(table, database.sql)]).toEqual([table, rows]);
    }
    expect(written.end.rows).toMatchObject({ people: 2, therapists: 2, evidence: 2 });
    expect(target.restored.gone).toEqual({ documents: 0, accounts: 0 });
    expect(written.manifest.head).toBe(headText(await readHead(database.db)));
    // The restore itself is one event more.
    expect(await verifyChain({ kept: await readHead(database.db) }, target.db)).toMatchObject({
      fault: null,
      rows: (await readHead(database.db)).seq + 1,
    });
    for (const id of [kept, destroyed]) {
      const { bytes, fileName } = await readEvidence(ana, id, target.db, target.store);
      expect(bytes.subarray(1, 4).toString()).toBe("PNG");
      expect(fileName).toBe("Quill licence.png");
    }
    const foreignKeys = (connection: Connection) =>
      connection.sql`select conname, pg_get_constraintdef(oid) as def from pg_constraint
        where contype = 'f' order by 1`.then((rows) => JSON.stringify(rows));
    expect(await foreignKeys(target)).toBe(await foreignKeys(database));
    const [off] = await target.sql`select tgname from pg_trigger where tgenabled <> 'O'`;
    expect(off).toBeUndefined();
    // Numbers go on above those that came back.
    await target.db.insert(auditEvents).values({ verb: "x", subjectKind: "x", subjectId: "x" });
  });

  test("holds no letter, answer, proof, count or session, nor any key to a document", async () => {
    const target = await restore(written.ledger, "left-out");
    for (const table of [enquiries, replies, spentProofs, dailyCounts, sessions]) {
      expect(await target.db.$count(table)).toBe(0);
    }
    const [row] = await database.db.select().from(evidence).where(eq(evidence.id, kept));
    const needles = [token, row?.wrappedKey, row?.sealedName, "session-token"];
    let read = 0;
    for await (const entry of readArchive(createReadStream(file), [identity])) {
      const bytes = await readEntry(entry);
      read += bytes.length;
      for (const needle of needles) expect(bytes.includes(needle ?? "missing")).toBe(false);
    }
    expect(read).toBeGreaterThan(10_000);
  });

  test("is unreadable to others, whole, and in its own words alone", async () => {
    const other = await generateX25519Identity();
    await expectFault("wrong-identity", file, { identities: [other] });
    const plain = join(folder, "plain");
    await writeFile(plain, "not a backup");
    await expectFault("not-a-backup", plain);
    const bytes = await readFile(file);
    const changed = join(folder, "changed");
    bytes[bytes.length - 2000] = (bytes[bytes.length - 2000] ?? 0) ^ 1;
    await writeFile(changed, bytes);
    await expectFault("damaged", changed);
    const short = join(folder, "short");
    await writeFile(short, await readFile(file));
    await truncate(short, bytes.length - 500);
    await expectFault("damaged", short);
  });

  test("does not come back over what is there, under another key, or by an old ledger", async () => {
    await expect(
      restoreBackup(
        createReadStream(file),
        { identities: [identity], ledger: null },
        { ownerUrl: database.url, siteUrl: database.url, store: storeOf("none") },
      ),
    ).rejects.toMatchObject({ fault: "not-empty" });
    const older = { ...written.ledger, head: `0:${"0".repeat(64)}` };
    await expectFault("ledger-older", file, { ledger: older });
    await expectFault("ledger-of-another", file, { ledger: { ...older, masterKey: "x" } });
  });

  test.each([
    ["newer-release", { migrations: (ours: string[]) => [...ours, "later"] }],
    ["other-release", { migrations: (ours: string[]) => ["other", ...ours.slice(1)] }],
    ["other-master-key", { masterKey: () => "another" }],
    [
      "chain-not-well",
      { head: (head: string) => head.replace(/.$/, (last) => (last === "0" ? "1" : "0")) },
    ],
    ["counts-differ", { end: true }],
    ["cut-off", { end: false }],
  ] as const)("%s: it says so, and leaves the database empty", async (fault, change) => {
    const path = join(folder, fault);
    await rewrite(path, change);
    await expectFault(fault, path);
  });

  test("of an older release is brought up to this one", async () => {
    const path = join(folder, "older");
    // Without the tables of the newest migration, as one that knew nothing of them.
    const { manifest } = written;
    const older = { ...manifest, migrations: manifest.migrations.slice(0, -1) };
    const manifestOf = () => leaveOut(older, ["earlier_keys"]);
    const endOf = (end: End) => ({ ...end, rows: { ...end.rows, earlier_keys: undefined } });
    await rewrite(path, { manifest: manifestOf, endOf });
    const target = await restore(written.ledger, "brought-up", path);
    const [{ done } = { done: 0 }] = await target.sql<{ done: number }[]>`
      select count(*)::integer as done from drizzle.__drizzle_migrations`;
    expect(done).toBe(manifest.migrations.length);
  });
});

describe("what went after the backup", () => {
  test("does not come back: no document opens, no account is there, nobody is written to", async () => {
    const { db } = database;
    await db.update(evidence).set({ deleteAfter: "2026-01-01" }).where(eq(evidence.id, destroyed));
    await destroyEvidence("2026-11-23", db, storeOf("origin"));
    await db.delete(people).where(eq(people.id, gone.personId));
    await db.insert(neverContact).values({ addressHash: "never-again" });
    const ledger = await makeLedger(db);

    const target = await restore(ledger, "after");
    expect(target.restored.gone).toEqual({ documents: 1, accounts: 1 });
    await expect(readEvidence(ana, destroyed, target.db, target.store)).rejects.toThrow(
      NotFoundError,
    );
    expect((await readEvidence(ana, kept, target.db, target.store)).bytes.length).toBeGreaterThan(
      10,
    );
    expect(await target.store.get(`evidence/${destroyed}`)).toBeNull();
    expect(await target.db.$count(people, eq(people.id, gone.personId))).toBe(0);
    expect(await target.db.$count(neverContact)).toBe(1);
    expect((await verifyChain({}, target.db)).fault).toBeNull();
    expect(JSON.stringify(ledger)).not.toContain(destroyed);
  });

  test("without a ledger no document opens at all", async () => {
    const target = await restore(null, "without");
    expect(target.restored.gone).toEqual({ documents: 2, accounts: 0 });
    await expect(readEvidence(ana, kept, target.db, target.store)).rejects.toThrow(NotFoundError);
  });
});

describe("when the master key was changed since", () => {
  test("it comes back with both keys, also by a ledger from afterwards", async () => {
    const old = process.env.MASTER_KEY;
    const young = randomBytes(32).toString("base64");
    Object.assign(process.env, { MASTER_KEY: young, MASTER_KEY_BEFORE: old });
    await rotateKey({}, database.db);
    const ledger = await makeLedger(database.db);
    delete process.env.MASTER_KEY_BEFORE;
    await expectFault("other-master-key", file, { ledger });
    Object.assign(process.env, { MASTER_KEY: old });
    await expectFault("ledger-of-another", file, { ledger });

    Object.assign(process.env, { MASTER_KEY: young, MASTER_KEY_BEFORE: old });
    const target = await restore(ledger, "key-changed");
    await rotateKey({}, target.db);
    delete process.env.MASTER_KEY_BEFORE;
    expect((await readEvidence(ana, kept, target.db, target.store)).fileName).toBe(
      "Quill licence.png",
    );
    const later = await backUp(join(folder, "later.backup"));
    expect(later.manifest).toMatchObject({ masterKey: ledger.masterKey, otherMasterKey: null });
    expect(ledger.otherMasterKey).toBe(written.manifest.masterKey);
  });
});

async function makeSomeone(name: string): Promise<Actor> {
  const { db } = database;
  const [personId, therapistId] = [randomUUID(), randomUUID()];
  await db.insert(people).values({ id: personId, email: `${name}@mail.example` });
  await db
    .insert(therapists)
    .values({ id: therapistId, personId, slug: `t-${name}`, confirmedOn: "2026-11-23" });
  await db.insert(credentials).values({
    id: `licence-${name}`,
    therapistId,
    typeId: "us-lmft",
    jurisdiction: "US-CA",
    letters: "LMFT",
    number: "with\ttab, \\N and\nline",
    stage: "proposed",
  });
  await makeRevision(db, { therapistId, state: "draft" });
  return { personId, roles: ["therapist"] } as unknown as Actor;
}

async function upload(actor: Actor, width = 30): Promise<string> {
  const bytes = await makePng({ width, height: 30 });
  const claim = { subject: "identity", claimId: null } as const;
  const given = { ...claim, fileName: "Quill licence.png", bytes };
  return addEvidence(actor, given, database.db, storeOf("origin"));
}

async function leaveWhatStaysOut(): Promise<void> {
  const { db } = database;
  const letter = { tokenHash: token, ciphertext: token, expiresOn: "2027-01-01" };
  const [therapist] = await db.select({ id: therapists.id }).from(therapists);
  const therapistId = therapist?.id ?? "";
  await db.insert(enquiries).values({ ...letter, therapistId });
  await db.insert(replies).values({ ...letter, therapistId });
  await db.insert(spentProofs).values({ digest: token, lapsesAt: new Date() });
  await db.insert(dailyCounts).values({ subject: token, day: "2026-11-23", count: 1 });
  const session = { sessionToken: "session-token", userId: ana.personId, expires: new Date() };
  await db.insert(sessions).values(session);
}

function backUp(path: string): Promise<Written> {
  const means = { databaseUrl: database.url, store: storeOf("origin"), recipient };
  return writeBackup(means, createWriteStream(path));
}

async function emptyDatabase(): Promise<Connection & { url: string }> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asAdmin((sql) => sql`create database ${sql(name)}`);
  const url = new URL(inject("adminUrl"));
  url.pathname = name;
  const connection = connect(url.href, { max: 2 });
  emptied.push({ name, connection });
  return { ...connection, url: url.href };
}

async function restore(ledger: Ledger | null, name: string, path = file) {
  const { url, ...connection } = await emptyDatabase();
  const store = storeOf(name);
  const given = { identities: [identity], ledger };
  const to = { ownerUrl: url, siteUrl: url, store };
  const restored = await restoreBackup(createReadStream(path), given, to);
  return { ...connection, store, restored };
}

async function expectFault(
  fault: string,
  path: string,
  { identities = [identity], ledger = written.ledger } = {},
): Promise<void> {
  const { url, sql } = await emptyDatabase();
  const to = { ownerUrl: url, siteUrl: url, store: storeOf("refused") };
  const caught = await restoreBackup(createReadStream(path), { identities, ledger }, to).then(
    () => null,
    (error: unknown) => error,
  );
  expect(caught).toBeInstanceOf(RestoreError);
  expect(caught).toMatchObject({ fault });
  const tables = await sql`select from pg_class where relnamespace = 'public'::regnamespace`;
  expect(tables.length).toBe(0);
}

/** The same backup with something about it that is not as it should be. */
async function rewrite(path: string, change: Record<string, unknown>): Promise<void> {
  await writeArchive(recipient, createWriteStream(path), async (put) => {
    for await (const entry of readArchive(createReadStream(file), [identity])) {
      const { name } = entry.header;
      const bytes = await readEntry(entry);
      if (name === "manifest.json") await put(name, changed(JSON.parse(`${bytes}`), change));
      else if (name !== "end.json") await put(name, bytes);
      else if (typeof change.endOf === "function") {
        await put(name, Buffer.from(JSON.stringify(change.endOf(JSON.parse(`${bytes}`)))));
      } else if (change.end !== false) await put(name, change.end ? moreRows(bytes) : bytes);
    }
  });
}

function changed(manifest: Record<string, unknown>, change: Record<string, unknown>): Buffer {
  const whole = typeof change.manifest === "function" ? change.manifest() : manifest;
  const parts = Object.entries(change).filter(([name]) => name in manifest);
  const turnedParts = parts.map(([name, turn]) => [
    name,
    (turn as (was: unknown) => unknown)(manifest[name]),
  ]);
  return Buffer.from(JSON.stringify({ ...whole, ...Object.fromEntries(turnedParts) }));
}

function moreRows(bytes: Buffer): Buffer {
  const end = JSON.parse(`${bytes}`);
  return Buffer.from(JSON.stringify({ ...end, rows: { ...end.rows, people: 99 } }));
}

function leaveOut<T extends { tables: Record<string, string[]> }>(manifest: T, tables: string[]) {
  const left = Object.entries(manifest.tables).filter(([name]) => !tables.includes(name));
  return { ...manifest, tables: Object.fromEntries(left) };
}
