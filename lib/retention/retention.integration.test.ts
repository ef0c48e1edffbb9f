import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Logger, runOnce } from "graphile-worker";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { people, sessions } from "#db/schema/accounts.ts";
import { cases } from "#db/schema/cases.ts";
import { abuseNotes, dailyCounts, enquiries, replies, spentProofs } from "#db/schema/enquiries.ts";
import { evidence } from "#db/schema/evidence.ts";
import { invitations, mails, reminders } from "#db/schema/mails.ts";
import { reports } from "#db/schema/reports.ts";
import { setHold } from "#lib/holds/set-hold.ts";
import type { Store } from "#lib/storage/store.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { enqueueScheduledTasks } from "#lib/worker/schedule.ts";
import { tasks } from "#lib/worker/tasks.ts";
import { makeDocument, makeListing, makePerson } from "../../tests/support/people.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { retentionOrder } from "./classes.ts";
import { listHoldings } from "./queries.ts";

const database = testDatabase();
const now = new Date();
const today = todayUtc(now);
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
let blobs: { ref: string; storedAt: Date }[] = [];
const store: Store = {
  put: async () => {},
  get: async () => null,
  delete: async () => {},
  list: async () => blobs,
};

accountEnvironment();
beforeAll(() => {
  // The jobs sweep the store, which must be a folder of this test.
  const dataDir = mkdtempSync(join(tmpdir(), "parasol-retention-"));
  vi.stubEnv("DATA_DIR", dataDir);
  return () => {
    vi.unstubAllEnvs();
    rmSync(dataDir, { recursive: true, force: true });
  };
});
beforeEach(async () => {
  blobs = [];
  await database.sql`truncate people, mails, reminders, spent_proofs, daily_counts cascade`;
});

const overdue = async () =>
  Object.fromEntries(
    (await listHoldings(now, database.db, store))
      .filter((holding) => holding.overdue > 0)
      .map((holding) => [holding.name, holding.overdue]),
  );

async function documentOf(therapistId: string, deleteAfter: string | null) {
  await makeDocument(database.db, { therapistId, uploadedAt: ago(40), deleteAfter });
}

/** One of everything that a job takes away, so many days after it was due. */
async function leftFor(days: number) {
  const { db } = database;
  const owner = await makePerson(db);
  const therapistId = await makeListing(db, owner, { confirmedOn: today });
  await documentOf(therapistId, addDays(today, -Math.ceil(days)));
  const going = await makePerson(db);
  await database.sql`update people set deletion_asked_at = ${ago(14 + days).toISOString()} where id = ${going.personId}`;
  await db
    .insert(sessions)
    .values({ sessionToken: randomUUID(), userId: owner.personId, expires: ago(days) });
  const mail = { kind: "sign-in", locale: "en", state: "sent", sealedBody: null } as const;
  await db.insert(mails).values({ ...mail, personId: owner.personId, sentAt: ago(90 + days) });
  await db.insert(reminders).values({
    subject: randomUUID(),
    threshold: 7,
    sentOn: addDays(today, -120 - Math.floor(days)),
  });
  const [closed] = await db
    .insert(cases)
    .values({ therapistId, kind: "complaint", closedAt: ago(90 + days), outcome: "no-change" })
    .returning();
  const report = { kind: "harm", receivedOn: today, sealedWords: "x" } as const;
  await db
    .insert(reports)
    .values({ ...report, therapistId, caseId: closed?.id ?? "", sameWords: randomUUID() });
  await leftOfLetters(therapistId, Math.floor(days));
  const [invited] = await db
    .insert(people)
    .values({ email: `${randomUUID()}@provider.net` })
    .returning();
  await db.insert(invitations).values({
    personId: invited?.id ?? "",
    community: "Harbour",
    tokenHash: randomUUID(),
    createdAt: ago(60 + days),
  });
  return { therapistId };
}

async function leftOfLetters(therapistId: string, days: number) {
  const { db } = database;
  const expiresOn = addDays(today, -1 - days);
  const letter = { tokenHash: "x", therapistId, ciphertext: "x", expiresOn };
  await db.insert(enquiries).values(letter);
  await db.insert(replies).values(letter);
  await db
    .insert(spentProofs)
    .values({ digest: randomUUID(), lapsesAt: new Date(ago(1 + days).getTime() - 60_000) });
  await db.insert(dailyCounts).values({ subject: randomUUID(), day: addDays(expiresOn, -1) });
  const settledOn = addDays(today, -91 - days);
  const note = { therapistId, receivedOn: settledOn, sealedWords: "x", settledBy: "m", settledOn };
  await db.insert(abuseNotes).values(note);
}

const everything = {
  account: 1,
  "sign-in": 1,
  "flood-limits": 2,
  "sealed-evidence": 1,
  "sealed-letter": 1,
  "sealed-reply": 1,
  "abuse-note": 1,
  mail: 2,
  "reader-report": 1,
  invitation: 1,
};

test("each class is counted, with the day of its oldest row", async () => {
  await leftFor(0);
  const holdings = await listHoldings(now, database.db, store);
  expect(holdings.map(({ name }) => name)).toEqual(retentionOrder);
  const held = Object.fromEntries(holdings.map(({ name, ...holding }) => [name, holding]));
  expect(held["sealed-evidence"]).toEqual({ rows: 1, oldest: todayUtc(ago(40)), overdue: 0 });
  expect(held["reader-report"]).toMatchObject({ rows: 1, oldest: today });
  expect(held.mail).toMatchObject({ rows: 2 });
  expect(held["never-contact"]).toEqual({ rows: 0, oldest: null, overdue: 0 });
});

test("what is due since less than a day waits for its job, and after that it is overdue", async () => {
  await leftFor(0.9);
  expect(await overdue()).toEqual({});
  await leftFor(2);
  expect(await overdue()).toEqual(everything);
});

test("nothing is overdue after the jobs have run: they go by the same rules", async () => {
  await leftFor(2);
  expect(await overdue()).toEqual(everything);
  await enqueueScheduledTasks(database.db);
  await runOnce({
    connectionString: database.url,
    taskList: tasks({ db: database.db, transport: null }),
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
  });
  expect(await overdue()).toEqual({});
});

test("what a hold keeps is not overdue", async () => {
  const { therapistId } = await leftFor(2);
  const lead = await makePerson(database.db, { roles: ["lead"] });
  await setHold(lead, { therapistId, reason: "A court asked." }, database.db);
  const { "sealed-evidence": _, "reader-report": __, "abuse-note": ___, ...rest } = everything;
  expect(await overdue()).toEqual(rest);
});

test("bytes that no key opens are overdue after two days", async () => {
  blobs = [
    { ref: "evidence/young", storedAt: ago(1.9) },
    { ref: "evidence/old", storedAt: ago(2.1) },
  ];
  expect(await overdue()).toEqual({ "sealed-evidence": 1 });
  const owner = await makePerson(database.db);
  const therapistId = await makeListing(database.db, owner, { confirmedOn: today });
  await documentOf(therapistId, null);
  await database.db.update(evidence).set({ storageRef: "evidence/old" });
  expect(await overdue()).toEqual({});
});
