import { eq, sql } from "drizzle-orm";
import { Logger, runOnce } from "graphile-worker";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { therapists } from "#db/schema/profiles.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { feedNodes } from "#lib/directory/feed-nodes.ts";
import { areEntriesOutdated } from "#lib/directory/rebuild-entries.ts";
import { enqueueReindex, enqueueReindexAll } from "#lib/jobs/enqueue.ts";
import { visibleOn } from "#lib/profiles/visible.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { isMarkDocument } from "#lib/search/mark.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { testSearch } from "../../tests/support/test-search.ts";
import { tasksAt } from "./node-tasks.ts";
import { tasks } from "./tasks.ts";

const database = testDatabase();
const search = testSearch();
const index = search.node.client.index(search.indexUid);
const today = todayUtc();
let someone = "";

const work = () =>
  runOnce({
    connectionString: database.url,
    taskList: {
      ...tasks({ db: database.db, transport: null }),
      ...tasksAt(search.node, database.db, search.indexUid),
    },
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
  });
const version = async () =>
  Number((await database.sql`select version from directory_version`)[0]?.version);
const indexed = async () =>
  (await index.getDocuments({ filter: `therapistId = "${someone}"` })).results.length;
const jobs = async () =>
  Number((await database.sql`select count(*) as n from graphile_worker.jobs`)[0]?.n);

beforeAll(async () => {
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 30, today });
  await feedNodes([search.node], search.indexUid, database.db);
  const [visible] = await database.db
    .select({ id: therapists.id })
    .from(therapists)
    .where(visibleOn(today))
    .limit(1);
  someone = visible?.id ?? "";
  expect(someone).not.toBe("");
});

beforeEach(async () => {
  await work();
});

test("a job enqueued with a change brings the change to the index", async () => {
  await database.db.transaction(async (tx) => {
    await tx
      .update(therapists)
      .set({ listingState: "suspended" })
      .where(eq(therapists.id, someone));
    await enqueueReindex(someone, tx);
  });
  await work();
  expect(await indexed()).toBe(0);
  await database.db.transaction(async (tx) => {
    await tx.update(therapists).set({ listingState: "listed" }).where(eq(therapists.id, someone));
    await enqueueReindex(someone, tx);
  });
  await work();
  expect(await indexed()).toBeGreaterThan(0);
});

test("a change that is rolled back leaves no job", async () => {
  await database.db
    .transaction(async (tx) => {
      await enqueueReindex(someone, tx);
      throw new Error("changed my mind");
    })
    .catch(() => undefined);
  expect(await jobs()).toBe(0);
});

test("many changes to one profile before the worker comes by are one job", async () => {
  for (let change = 0; change < 5; change += 1) await enqueueReindex(someone, database.db);
  expect(await jobs()).toBe(1);
});

test("doing a job twice, or in another order, changes nothing", async () => {
  await enqueueReindexAll(database.db);
  await work();
  const before = (await index.getDocument(someone)) as object;
  await enqueueReindex(someone, database.db);
  await work();
  await enqueueReindex(someone, database.db);
  await work();
  expect(await index.getDocument(someone)).toEqual(before);
});

test("every change that a reader could see is counted, once in a transaction, and only if it holds", async () => {
  const start = await version();
  await database.db.transaction(async (tx) => {
    await tx.update(therapists).set({ accepting: true }).where(eq(therapists.id, someone));
    await tx.update(therapists).set({ accepting: false }).where(eq(therapists.id, someone));
  });
  expect(await version()).toBe(start + 1);
  await database.db
    .transaction(async (tx) => {
      await tx.update(therapists).set({ accepting: true }).where(eq(therapists.id, someone));
      tx.rollback();
    })
    .catch(() => undefined);
  expect(await version()).toBe(start + 1);
});

test("entries of another shape are known as such, and a rebuild makes them ours", async () => {
  await enqueueReindexAll(database.db);
  await work();
  expect(await areEntriesOutdated(database.db)).toBe(false);
  await database.sql`update directory_version set index_shape = 0`;
  expect(await areEntriesOutdated(database.db)).toBe(true);
  await enqueueReindexAll(database.db);
  await work();
  expect(await areEntriesOutdated(database.db)).toBe(false);
});

test("a change does not make up an index where there is none: it has the whole built", async () => {
  await index.delete().waitTask({ timeout: 0 });
  await enqueueReindex(someone, database.db);
  await work();
  const { results } = await index.getDocuments<{ id: string }>({ limit: 1000 });
  expect(results.length).toBeGreaterThan(5);
  expect(results.some(isMarkDocument)).toBe(true);
});

test("what only staff may see never gets into the index", async () => {
  await database.db.execute(sql`update checks set private_note = 'canary-private-note'`);
  await enqueueReindexAll(database.db);
  await work();
  const { results } = await index.getDocuments({ limit: 1000 });
  const text = JSON.stringify(results);
  expect(results.length).toBeGreaterThan(5);
  const contacts = await database.sql<{ value: string }[]>`select value from contact_ways`;
  const numbers = await database.sql<{ number: string }[]>`select number from credentials`;
  expect(contacts.length).toBeGreaterThan(5);
  for (const secret of [
    "canary-private-note",
    ...contacts.map((way) => way.value),
    ...numbers.map((n) => n.number),
  ]) {
    expect(text).not.toContain(`"${secret}"`);
  }
});
