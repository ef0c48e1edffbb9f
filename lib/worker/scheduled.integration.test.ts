import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { Logger, runOnce } from "graphile-worker";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { people } from "#db/schema/accounts.ts";
import { evidence } from "#db/schema/evidence.ts";
import { readConfig } from "#lib/config.ts";
import { openStore } from "#lib/storage/open-store.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { makeDocument, makeListing, makePerson } from "../../tests/support/people.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { purgeAccounts } from "./purge-accounts.ts";
import { purgeDocuments } from "./purge-documents.ts";
import { enqueueScheduledTasks, schedule } from "./schedule.ts";
import { tasks } from "./tasks.ts";

const database = testDatabase();
const today = todayUtc();
const dataDir = mkdtempSync(join(tmpdir(), "parasol-worker-"));
const store = openStore(readConfig({ DATA_DIR: dataDir }));

accountEnvironment();
beforeAll(() => {
  vi.stubEnv("DATA_DIR", dataDir);
  return () => vi.unstubAllEnvs();
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const means = () => ({
  db: database.db,
  transport: null,
});
const kinds = async () =>
  (await database.sql<{ kind: string }[]>`select kind from mails`).map(({ kind }) => kind);
const jobs = async () =>
  (
    await database.sql<{ task: string }[]>`
      select task_identifier as task from graphile_worker.jobs where task_identifier <> 'mail.send'`
  ).map(({ task }) => task);

/** A listing with a document, whose bytes lie in the store. */
async function someoneWithDocument(deleteAfter: string | null) {
  const owner = await makePerson(database.db);
  const therapistId = await makeListing(database.db, owner, { confirmedOn: today });
  const storageRef = `evidence/${randomBytes(8).toString("hex")}`;
  await store.put(storageRef, randomBytes(100));
  const evidenceId = await makeDocument(database.db, { therapistId, storageRef, deleteAfter });
  return { owner, storageRef, evidenceId };
}

test("everything on the schedule is a task, and a start has each done once", async () => {
  const owner = await makePerson(database.db);
  await makeListing(database.db, owner, { confirmedOn: addDays(today, -30) });
  const known = tasks(means());
  expect(schedule().every(({ task }) => task in known)).toBe(true);
  for (let starts = 0; starts < 3; starts += 1) await enqueueScheduledTasks(database.db);
  expect((await jobs()).sort()).toEqual(
    schedule()
      .map(({ task }) => task)
      .sort(),
  );
  await runOnce({
    connectionString: database.url,
    taskList: known,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
  });
  // The worker is let go a moment before the end of its last job is written down.
  await expect.poll(jobs).toEqual([]);
  expect(await kinds()).toEqual(["confirm-openings"]);
});

test("an account whose days of grace are over goes with its documents, and no day early", async () => {
  const { owner, storageRef } = await someoneWithDocument(null);
  const asked = new Date();
  await database.db
    .update(people)
    .set({ deletionAskedAt: asked })
    .where(eq(people.id, owner.personId));
  const afterDays = (days: number) => new Date(asked.getTime() + days * 86_400_000);
  await purgeAccounts(afterDays(13.9), database.db, store);
  expect(await store.get(storageRef)).not.toBeNull();
  await purgeAccounts(afterDays(14.1), database.db, store);
  expect(await store.get(storageRef)).toBeNull();
  expect(await database.db.$count(people, eq(people.id, owner.personId))).toBe(0);
});

test("a document is destroyed after its last day, and not on it", async () => {
  const due = await someoneWithDocument(addDays(today, -1));
  const notYet = await someoneWithDocument(today);
  const open = await someoneWithDocument(null);
  await purgeDocuments(new Date(`${today}T23:59:00Z`), database.db, store);
  expect(await store.get(due.storageRef)).toBeNull();
  expect(await store.get(notYet.storageRef)).not.toBeNull();
  expect(await store.get(open.storageRef)).not.toBeNull();
  const rows = await database.db
    .select({ key: evidence.wrappedKey })
    .from(evidence)
    .where(eq(evidence.id, due.evidenceId));
  expect(rows).toEqual([{ key: null }]);
});
