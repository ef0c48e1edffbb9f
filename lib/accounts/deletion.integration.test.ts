import { randomUUID } from "node:crypto";
import { eq, inArray, sql } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { beforeAll, describe, expect, test } from "vitest";
import { passkeys, people, roleChanges, sessions, totpSecrets } from "#db/schema/accounts.ts";
import { schema } from "#db/schema/all.ts";
import { cases } from "#db/schema/cases.ts";
import { appeals, caseItems, caseMessages, decisions } from "#db/schema/decisions.ts";
import { abuseNotes, enquiries, enquiryKeys } from "#db/schema/enquiries.ts";
import { evidence, legalHolds } from "#db/schema/evidence.ts";
import { therapists } from "#db/schema/profiles.ts";
import { registerFindings, registerSources } from "#db/schema/registers.ts";
import { reports } from "#db/schema/reports.ts";
import { checks } from "#db/schema/vetting.ts";
import { type Actor, isStaff } from "#lib/auth/rules.ts";
import { answerContext, appealContext, itemContext, messageContext } from "#lib/cases/rules.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { abuseContext } from "#lib/enquiries/rules.ts";
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
    expect(await traces([actor.personId])).toEqual([
      "audit_events",
      "case_items",
      "checks",
      "people",
    ]);
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
    expect(data.listing).toMatchObject({
      legalHold: true,
      questions: [{ question: "Which number?", answer: "This one." }],
      messages: [{ kind: "from-moderators", words: "Good morning" }],
      decisions: [{ action: "hide", reason: "We look into something." }],
      appeals: [{ words: "It was not so." }],
      registerFindings: [{ facts: { status: "ACTIVE" } }],
      messageKeys: [{ recipient: "age1planted" }],
      lettersWaiting: 1,
      shownToModerators: [{ words: "What they showed." }],
    });
    const told = data.listing.cases.map(({ kind }: { kind: string }) => kind);
    expect(told.toSorted()).toEqual(["appeal", "submission"]);
    expect(data.roleChanges).toMatchObject([{ roles: ["therapist"] }]);
    expect(data.signIn.passkeys).toMatchObject([{ name: "planted key" }]);
    expect(data.actions.at(-1)).toMatchObject({ verb: "session.start" });
    const other = await persona("lia-listed");
    expect(text).not.toContain(other.personId);
    expect(JSON.stringify(await exportAccount(other, now, database.db))).not.toContain(therapistId);
  });

  test("holds something of every table that holds something of a person", async () => {
    const actor = await persona("thea-therapist-moderator");
    const text = JSON.stringify(await exportAccount(actor, now, database.db));
    const owners = /^(person_id|user_id|therapist_id|revision_id|case_id|written_by)$/;
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
  legal_holds: "legalHold",
  checks: "checks",
  register_findings: "registerFindings",
  cases: "cases",
  case_items: "questions",
  case_messages: "messages",
  decisions: "decisions",
  appeals: "appeals",
  // Not theirs to read: whoever sees a report can guess who wrote it.
  reports: null,
  enquiry_keys: "messageKeys",
  enquiries: "lettersWaiting",
  // For whoever wrote the letters, and sealed to them alone.
  replies: null,
  abuse_notes: "shownToModerators",
  // Made from the listing, which they have.
  directory_entries: null,
  conflicts_of_interest: "conflictsOfInterest",
  role_changes: "roleChanges",
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
  const kept = await plantCases(personId, therapistId);
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
    ...kept,
    ...(await plantLetters(therapistId)),
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

/** @returns what must not stand in the file */
async function plantLetters(therapistId: string): Promise<string[]> {
  const { db } = database;
  await db.insert(enquiryKeys).values({
    therapistId,
    recipient: "age1planted",
    wrappedByPassphrase: "planted-wrap",
    wrappedByRecovery: "planted-wrap",
    createdAt: now,
    activeFrom: now,
  });
  const tokenHash = "planted-token-hash";
  const letter = { tokenHash, therapistId, ciphertext: "planted-letter", expiresOn: "2027-01-01" };
  await db.insert(enquiries).values(letter);
  const [id, receivedOn] = [randomUUID(), "2026-11-01"];
  const sealedWords = seal("What they showed.", abuseContext(id));
  const settled = { settledBy: "planted-moderator", settledOn: "2026-11-02" };
  await db.insert(abuseNotes).values({ id, therapistId, receivedOn, sealedWords, ...settled });
  return ["planted-wrap", tokenHash, letter.ciphertext, sealedWords, settled.settledBy];
}

/** What moderators and machines wrote about someone. @returns what must not stand in the file */
async function plantCases(personId: string, therapistId: string): Promise<string[]> {
  const { db } = database;
  const open = { therapistId, claimedBy: null };
  const [sent, report, appeal] = [randomUUID(), randomUUID(), randomUUID()];
  const moderator = (await persona("lia-listed")).personId;
  await db.delete(cases).where(eq(cases.therapistId, therapistId));
  await db.insert(cases).values([
    { ...open, id: sent, kind: "submission" },
    { ...open, id: report, kind: "complaint" },
    { ...open, id: appeal, kind: "appeal" },
  ]);
  const item = randomUUID();
  await db.insert(caseItems).values({
    id: item,
    caseId: sent,
    sealedQuestion: seal("Which number?", itemContext(item)),
    sealedAnswer: seal("This one.", answerContext(item)),
    answeredAt: now,
    askedBy: moderator,
  });
  for (const [kind, words] of [
    ["from-moderators", "Good morning"],
    ["private-note", "planted-private-note"],
  ] as const) {
    const id = randomUUID();
    const sealedBody = seal(words, messageContext(id));
    await db
      .insert(caseMessages)
      .values({ id, caseId: sent, kind, writtenBy: moderator, sealedBody });
  }
  const decision = randomUUID();
  const row = {
    therapistId,
    caseId: sent,
    subject: "listing",
    action: "hide",
    people: 1,
    proposedBy: "planted-decider",
  } as const;
  await db.insert(decisions).values([
    { ...row, id: decision, reason: "We look into something.", state: "in-force", inForceAt: now },
    { ...row, reason: "planted-proposal", state: "proposed" },
  ]);
  const sealedWords = seal("It was not so.", appealContext(appeal));
  await db.insert(appeals).values({ caseId: appeal, decisionId: decision, sealedWords });
  await db.insert(reports).values({
    therapistId,
    caseId: report,
    kind: "harm",
    receivedOn: todayUtc(),
    sealedWords: "planted-report",
    sameWords: "planted-report",
  });
  await db.insert(legalHolds).values({
    therapistId,
    sealedReason: "planted-hold",
    setBy: "planted-lead",
  });
  await db.insert(registerSources).values({ id: "planted" });
  await db.insert(registerFindings).values({
    therapistId,
    sourceId: "planted",
    strength: "number",
    facts: { status: "ACTIVE" },
    factsHash: "planted-hash",
  });
  await db
    .insert(roleChanges)
    .values({ personId, roles: ["therapist"], state: "proposed", askedBy: "planted-lead" });
  return [
    ...["planted-private-note", "planted-decider", "planted-proposal", "planted-report"],
    ...["planted-hold", "planted-lead", "planted-hash", moderator, report],
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
