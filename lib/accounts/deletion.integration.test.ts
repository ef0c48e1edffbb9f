import { randomUUID } from "node:crypto";
import { eq, inArray, sql } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { beforeAll, describe, expect, test } from "vitest";
import { passkeys, people, sessions, totpSecrets } from "#db/schema/accounts.ts";
import { schema } from "#db/schema/all.ts";
import { evidence } from "#db/schema/evidence.ts";
import { therapists } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import { type Actor, isStaff } from "#lib/auth/rules.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { nameContext } from "#lib/evidence/rules.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { legalNameContext } from "#lib/revisions/queries.ts";
import { seal } from "#lib/sealing/seal.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { accountEnvironment, mailsTo, signedIn } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { askDeletion } from "./ask-deletion.ts";
import { exportAccount } from "./export-account.ts";
import { purgeAskedDeletions } from "./purge-deleted-accounts.ts";
import { deletionDay, graceDays } from "./rules.ts";
import { takeBackDeletion } from "./take-back-deletion.ts";

accountEnvironment();
const database = testDatabase();
const now = new Date();
const inDays = (days: number) => new Date(now.getTime() + days * 24 * 60 * 60_000);

beforeAll(async () => {
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 20, today: todayUtc() });
});

async function persona(name: string): Promise<Actor & { email: string }> {
  const [found] = await database.db.select().from(people).where(eq(people.persona, name));
  if (!found) throw new Error(`nobody is called ${name}`);
  const { session } = await signedIn(database.db, {
    email: found.email,
    roles: found.roles as Actor["roles"][number][],
  });
  return session;
}

const listingOf = async ({ personId }: Actor) =>
  (await database.db.select().from(therapists).where(eq(therapists.personId, personId)))[0];
const rowOf = async ({ personId }: Actor) =>
  (await database.db.select().from(people).where(eq(people.id, personId)))[0];
const reindexed = async () =>
  (
    await database.sql<{ key: string }[]>`
      select key from graphile_worker.jobs where task_identifier = 'profile.reindex'`
  ).map(({ key }) => key);

describe("asking for deletion", () => {
  test.each([
    ["lia-listed", "paused"],
    ["pat-pending", "pending"],
    ["dana-draft", "draft"],
    ["sam-suspended", "suspended"],
  ])("of %s leaves the listing %s", async (name, state) => {
    const actor = await persona(name);
    const before = await listingOf(actor);
    await askDeletion(actor, now, database.db);
    expect((await listingOf(actor))?.listingState).toBe(state);
    expect(await reindexed()).toEqual(
      before?.listingState === "listed"
        ? expect.arrayContaining([`profile.reindex:${before.id}`])
        : expect.not.arrayContaining([`profile.reindex:${before?.id}`]),
    );
    const mails = await mailsTo(actor.email, database.db);
    expect(mails.at(-1)).toMatchObject({
      kind: "deletion-asked",
      params: { day: deletionDay(now) },
    });
    await takeBackDeletion(actor, database.db);
    expect((await rowOf(actor))?.deletionAskedAt).toBeNull();
    expect((await listingOf(actor))?.listingState).toBe(state);
  });

  test("twice mails once and keeps the first day", async () => {
    const actor = await persona("marisol-listed-in-spanish");
    await askDeletion(actor, inDays(-3), database.db);
    await askDeletion(actor, now, database.db);
    expect(await mailsTo(actor.email, database.db)).toHaveLength(1);
    expect((await rowOf(actor))?.deletionAskedAt).toEqual(inDays(-3));
    await takeBackDeletion(actor, database.db);
  });
});

describe("after the days of grace", () => {
  test("nothing is left of an account and its listing, and others lose nothing", async () => {
    const actor = await persona("dana-draft");
    const listing = await listingOf(actor);
    const therapistId = listing?.id ?? "";
    await addEvidence(therapistId, "ref-of-dana");
    const others = await database.db.$count(therapists);
    await askDeletion(actor, now, database.db);
    expect(await purgeAskedDeletions(inDays(graceDays - 0.01), database.db)).toEqual([]);
    const purged = await purgeAskedDeletions(inDays(graceDays), database.db);
    expect(purged).toEqual([
      { personId: actor.personId, storageRefs: ["ref-of-dana"], photoIds: [] },
    ]);
    expect(await database.db.$count(therapists)).toBe(others - 1);
    expect(await traces([actor.personId, therapistId, actor.email])).toEqual(["audit_events"]);
    expect(await reindexed()).toContain(`profile.reindex:${therapistId}`);
    expect(await purgeAskedDeletions(inDays(graceDays), database.db)).toEqual([]);
  });

  test("someone who signed checks is a name and an address less, and the checks stay", async () => {
    const actor = await persona("mo-moderator");
    const signed = () =>
      database.db.$count(
        checks,
        sql`${checks.checkerId} = ${actor.personId} or ${checks.secondReviewerId} = ${actor.personId}`,
      );
    const before = await signed();
    expect(before).toBeGreaterThan(0);
    await database.db.insert(totpSecrets).values({ personId: actor.personId, sealedSecret: "x" });
    await askDeletion(actor, now, database.db);
    await purgeAskedDeletions(inDays(graceDays), database.db);
    expect(await signed()).toBe(before);
    const left = await rowOf(actor);
    expect(left).toMatchObject({ name: "", roles: [], persona: null, deletionAskedAt: null });
    expect(left?.email).toMatch(/^[0-9a-f-]{36}@deleted\.invalid$/);
    expect(await traces([actor.email, "Mo Tillotson"])).toEqual([]);
    expect(await traces([actor.personId])).toEqual(["people", "checks", "audit_events"].toSorted());
    expect(isStaff({ roles: [] })).toBe(false);
  });

  test("an account that was taken back stays", async () => {
    const actor = await persona("lia-listed");
    await askDeletion(actor, now, database.db);
    await takeBackDeletion(actor, database.db);
    await purgeAskedDeletions(inDays(graceDays + 1), database.db);
    expect(await rowOf(actor)).toBeDefined();
  });
});

describe("the data of someone", () => {
  test("is all there, in named fields, without a secret and without a word of others", async () => {
    const actor = await persona("thea-therapist-moderator");
    const listing = await listingOf(actor);
    const therapistId = listing?.id ?? "";
    const secrets = await plantSecrets(actor.personId, therapistId);
    const text = JSON.stringify(await exportAccount(actor, now, database.db));
    for (const secret of secrets) expect(text).not.toContain(secret);
    const data = JSON.parse(text);
    expect(data.account).toMatchObject({ email: actor.email, name: "Thea Wexler" });
    expect(data.listing).toMatchObject({ slug: listing?.slug, legalName: "Theodora Wexler" });
    expect(data.listing.revisions.length).toBeGreaterThan(0);
    expect(data.listing.credentials.length).toBeGreaterThan(0);
    const [revision] = data.listing.revisions;
    for (const part of ["choices", "statements", "contactWays", "disclosure"]) {
      expect(revision[part].length, part).toBeGreaterThan(0);
    }
    expect(data.listing.evidence).toMatchObject([{ fileName: "my paper.pdf", byteLength: 10 }]);
    expect(data.signIn.passkeys).toMatchObject([{ name: "planted key" }]);
    expect(data.actions.at(-1)).toMatchObject({ verb: "session.start" });
    const other = await persona("lia-listed");
    expect(text).not.toContain(other.personId);
    expect(JSON.stringify(await exportAccount(other, now, database.db))).not.toContain(therapistId);
  });

  test("holds something of every table that holds something of a person", async () => {
    const actor = await persona("thea-therapist-moderator");
    const text = JSON.stringify(await exportAccount(actor, now, database.db));
    const owners = /^(person_id|user_id|therapist_id|revision_id)$/;
    const personal = Object.values(schema)
      .filter((table) => table instanceof PgTable)
      .map(getTableConfig)
      .filter(({ columns }) => columns.some(({ name }) => owners.test(snake(name))))
      .map(({ name }) => name);
    expect(personal.length).toBeGreaterThan(15);
    const exported = new Map(Object.entries(exportedAs));
    expect(personal.filter((name) => !exported.has(name))).toEqual([]);
    for (const [table, field] of exported) {
      if (field !== null) expect(text, table).toContain(`"${field}":`);
    }
  });
});

/** Where the rows of a table stand in the file; null where there is nothing to show. */
const exportedAs: Record<string, string | null> = {
  sessions: "sessions",
  passkeys: "passkeys",
  passkey_challenges: null,
  totp_secrets: "authenticatorApps",
  recovery_codes: "recoveryCodesLeft",
  address_changes: "addressChanges",
  mails: "mails",
  invitations: "invitations",
  therapists: "listing",
  photos: "photos",
  profile_revisions: "revisions",
  revision_topics: "topics",
  revision_terms: "choices",
  practice_locations: "places",
  practice_statements: "statements",
  disclosure_cards: "disclosure",
  contact_ways: "contactWays",
  credentials: "credentials",
  trainings: "trainings",
  insurances: "insurances",
  evidence: "evidence",
  checks: "checks",
};

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

async function addEvidence(therapistId: string, storageRef: string): Promise<void> {
  const id = randomUUID();
  await database.db.insert(evidence).values({
    id,
    therapistId,
    subject: "insurance",
    sealedName: seal("my paper.pdf", nameContext(id)),
    mediaType: "application/pdf",
    byteLength: 10,
    sha256: "0".repeat(64),
    wrappedKey: "planted-wrapped-key",
    storageRef,
  });
}

/** One of each thing that must stay with us. @returns what must not stand in the file */
async function plantSecrets(personId: string, therapistId: string): Promise<string[]> {
  const { db } = database;
  await addEvidence(therapistId, "planted-ref");
  await db.insert(passkeys).values({
    id: `key-${personId}`,
    personId,
    publicKey: "planted-public-key",
    counter: 1,
    backedUp: true,
    name: "planted key",
  });
  await db.insert(totpSecrets).values({ personId, sealedSecret: "planted-totp" });
  await db
    .update(checks)
    .set({ privateNote: "planted-note" })
    .where(eq(checks.therapistId, therapistId));
  const sealedLegalName = seal("Theodora Wexler", legalNameContext(therapistId));
  await db.update(therapists).set({ sealedLegalName }).where(eq(therapists.id, therapistId));
  const keys = await db
    .select()
    .from(sessions)
    .where(inArray(sessions.userId, [personId]));
  return [
    "sealedName",
    "planted-wrapped-key",
    "planted-ref",
    "planted-public-key",
    "planted-totp",
    "planted-note",
    sealedLegalName,
    ...keys.map(({ sessionToken }) => sessionToken),
  ];
}

/** Tables in which some text still stands, in any column. */
async function traces(texts: string[]): Promise<string[]> {
  const found: string[] = [];
  const tables = await database.sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`;
  for (const { name } of tables) {
    const rows = await database.sql`select t::text as row from ${database.sql(name)} t`;
    if (rows.some(({ row }) => texts.some((text) => String(row).includes(text)))) found.push(name);
  }
  return found;
}
