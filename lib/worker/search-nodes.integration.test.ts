import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { schema } from "#db/schema/all.ts";
import { openTruth, type Truth } from "#lib/circuits/truth.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { indexName } from "#lib/directory/index-name.ts";
import { hearNodes, standingBy } from "#lib/directory/known-nodes.ts";
import { listHidden } from "#lib/directory/list-hidden.ts";
import { rebuildDirectory } from "#lib/directory/rebuild-directory.ts";
import { noCriteria } from "#lib/directory/schema.ts";
import { searchDirectory } from "#lib/directory/search-directory.ts";
import { enqueueReindex } from "#lib/jobs/enqueue.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { type SearchEngine, searchEngine } from "#lib/search/engine.ts";
import { markDocument, readMark } from "#lib/search/mark.ts";
import { nodeTrouble } from "#lib/search/node-trouble.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { faultyProxy } from "../../tests/support/faulty-proxy.ts";
import { nodesAt, ownSearchNodes, serversAt } from "../../tests/support/search-nodes.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { runWorker } from "./run-worker.ts";

vi.stubEnv("LOG_LEVEL", "silent");
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const database = testDatabase();
const nodes = ownSearchNodes(2);
const today = todayUtc();
const patience = { patienceMs: 400, pauseMs: 20 };
let truth: Truth;
let total = 0;

const [one, other] = [0, 1].map((n) => () => {
  const node = nodes[n];
  if (!node) throw new Error("the node was not started");
  return node;
}) as [() => (typeof nodes)[0], () => (typeof nodes)[0]];

beforeAll(async () => {
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 30, today });
  truth = openTruth(database.url, database.db);
}, 120_000);

let worker: { ended: Promise<void>; stopping: AbortController } | null = null;

function startWorker(urls: readonly string[]): void {
  const stopping = new AbortController();
  const hurried = { lookEveryMs: 50 };
  worker = {
    ended: runWorker(database.url, nodesAt(urls), stopping.signal, hurried),
    stopping,
  };
}

async function stopWorker(): Promise<void> {
  worker?.stopping.abort();
  await worker?.ended;
  worker = null;
}

afterAll(stopWorker);
afterEach(async () => {
  await Promise.all(nodes.map(({ line }) => line.become("well")));
});

const readersOf = (urls: readonly string[]) =>
  searchEngine(serversAt(urls), indexName, standingBy(truth), patience);
const both = () => [one().url, other().url];

/** What a reader finds, or the part that is away. */
const ask = (engine: SearchEngine) =>
  searchDirectory(noCriteria, { today, stamp: null }, engine, truth).then(
    (found) => ({
      total: found.total,
      slugs: found.cards.map(({ slug }) => slug),
      by: found.trouble,
    }),
    (error) => ({ total: null, slugs: [], by: { kind: String(error.part ?? error) } }),
  );

const soon = { timeout: 60_000, interval: 20 };
const rows = () => database.sql<{ name: string; build: string | null }[]>`
  select name, build from search_nodes order by name`;
const jobsOf = async (name: string) =>
  Number(
    (
      await database.sql`select count(*)::integer as n from graphile_worker.jobs
      where task_identifier in (${`profile.reindex@${name}`}, ${`directory.reindex@${name}`})`
    )[0]?.n,
  );
const documentsOf = async (id: string, { node }: (typeof nodes)[0]) =>
  (await node.client.index(indexName).getDocuments({ filter: `therapistId = "${id}"` })).results
    .length;

/** Has a node's jobs wait for an hour, as they do after many tries. */
const putOff = (name: string) =>
  vi.waitFor(async () => {
    const late = await database.sql`
      update graphile_worker._private_jobs set run_at = now() + interval '1 hour'
      where locked_at is null and task_id = (select id from graphile_worker._private_tasks
        where identifier = ${`profile.reindex@${name}`}) returning id`;
    expect(late.length).toBeGreaterThan(0);
  }, soon);

/** Until every change has reached every node. */
const idle = () =>
  vi.waitFor(async () => {
    const left = await database.sql`select * from graphile_worker.jobs
      where task_identifier ~ 'reindex'`;
    expect([...left]).toEqual([]);
  }, soon);

/** Someone whom readers find now. */
async function someone(): Promise<{ id: string; slug: string }> {
  const engine = readersOf(both());
  const found = await searchDirectory(noCriteria, { today, stamp: null }, engine, truth);
  const [card] = found.cards;
  if (!card) throw new Error("nobody is to be found");
  return { id: card.therapistId, slug: card.slug };
}

/** Takes their licences away: no longer visible, though nothing in their listing says so. */
async function lapse(id: string): Promise<() => Promise<void>> {
  const write = async (day: string | null) => {
    await database.sql`update credentials set withdrawn_on = ${day} where therapist_id = ${id}`;
    await enqueueReindex(id, database.db);
  };
  await write(today);
  return () => write(null);
}

test("new nodes fill by themselves, and until then nobody is told that there is no one", async () => {
  const engine = readersOf(both());
  expect((await ask(engine)).by).toEqual({ kind: "meilisearch" });
  startWorker(both());
  const seen: (number | null)[] = [];
  await vi.waitFor(async () => {
    const found = await ask(engine);
    seen.push(found.total);
    expect(found.by).toBeNull();
  }, soon);
  await vi.waitFor(async () => {
    for (const url of both()) expect(await ask(readersOf([url]))).toMatchObject({ by: null });
  }, soon);
  total = (await ask(engine)).total ?? 0;
  expect(total).toBeGreaterThan(5);
  expect(new Set(seen.filter((each) => each !== null))).toEqual(new Set([total]));
  expect(seen.length).toBeGreaterThan(1);
});

test.each(["gone", "silent"] as const)(
  "a node that is %s holds up no other, and is right again when it is back, without hands",
  async (state) => {
    const { id, slug } = await someone();
    await one().line.become(state);
    const relist = await lapse(id);
    await vi.waitFor(async () => expect(await documentsOf(id, other())).toBe(0), {
      ...soon,
      timeout: 9_000,
    });
    expect(await documentsOf(id, one())).toBeGreaterThan(0);
    // Whatever happens next, web processes know whom the stale node must not show.
    expect(await listHidden(today, database.db)).toContain(id);
    const engine = readersOf(both());
    await putOff(one().node.name);
    await one().line.become("well");
    await vi.waitFor(async () => {
      expect((await ask(engine)).slugs).not.toContain(slug);
      expect(await documentsOf(id, one())).toBe(0);
      expect(await listHidden(today, database.db)).not.toContain(id);
    }, soon);
    await relist();
    await vi.waitFor(async () => {
      for (const node of nodes) expect(await documentsOf(id, node)).toBeGreaterThan(0);
    }, soon);
  },
);

test.each(["gone", "silent"] as const)(
  "when a node is %s the other answers in the same request; later ones wait for nothing",
  async (state) => {
    const engine = readersOf(both());
    await ask(engine);
    await ask(engine);
    await one().line.become(state);
    const times: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      const started = performance.now();
      expect(await ask(engine)).toMatchObject({ total, by: null });
      times.push(performance.now() - started);
    }
    expect(times.filter((ms) => ms >= patience.patienceMs).length).toBeLessThanOrEqual(1);
    await other().line.become(state);
    expect(await ask(engine)).toMatchObject({ total, by: { kind: "simpler" } });
  },
);

test("nodes take turns, and one that is behind comes last", async () => {
  await stopWorker();
  const engine = readersOf(both());
  const turns = async () => {
    const before = searches();
    for (let n = 0; n < 4; n += 1) await ask(engine);
    const after = searches();
    return after.map((count, n) => count - (before[n] ?? 0));
  };
  for (const turn of await turns()) expect(turn).toBeGreaterThan(0);
  await database.sql`select graphile_worker.add_job(
    ${`profile.reindex@${one().node.name}`}, '{"therapistId":"someone"}', run_at => now() + interval '1 hour')`;
  await database.sql`update graphile_worker._private_jobs set created_at = now() - interval '1 minute'`;
  await hearNodes(truth);
  expect((await turns())[0]).toBe(0);
  await database.sql`delete from graphile_worker._private_jobs`;
  await hearNodes(truth);
});

const searches = () => nodes.map(({ line }) => line.asked());

test("the list may be in any order", async () => {
  const before = await rows();
  startWorker(both().reverse());
  const { id } = await someone();
  const relist = await lapse(id);
  await vi.waitFor(async () => {
    for (const node of nodes) expect(await documentsOf(id, node)).toBe(0);
  }, soon);
  await relist();
  await vi.waitFor(async () => {
    for (const { node } of nodes) expect(await jobsOf(node.name)).toBe(0);
  }, soon);
  expect(await rows()).toEqual(before);
});

test("a node that is taken out leaves no jobs; one that was away is not read until it is built", async () => {
  const { id } = await someone();
  await stopWorker();
  await one().line.become("gone");
  const relist = await lapse(id);
  startWorker(both());
  await vi.waitFor(async () => expect(await jobsOf(one().node.name)).toBeGreaterThan(0), soon);
  await stopWorker();
  startWorker([other().url]);
  await vi.waitFor(async () => expect(await jobsOf(one().node.name)).toBe(0), soon);
  await vi.waitFor(async () => expect(await documentsOf(id, other())).toBe(0), soon);
  await idle();
  expect((await rows()).map(({ name }) => name)).toEqual([other().node.name]);
  expect(await listHidden(today, database.db)).not.toContain(id);
  await stopWorker();
  await one().line.become("well");
  await hearNodes(truth);
  // It still holds what it was last told, as if all were well.
  expect(await documentsOf(id, one())).toBeGreaterThan(0);
  expect((await ask(readersOf([one().url]))).by).toEqual({ kind: "simpler" });
  startWorker(both());
  await vi.waitFor(async () => {
    expect((await ask(readersOf([one().url]))).by).toBeNull();
  }, soon);
  expect(await documentsOf(id, one())).toBe(0);
  await relist();
});

test("a node that lost its index, or has one that nobody fed, gets a new one", async () => {
  const { client } = one().node;
  const engine = readersOf([one().url]);
  await idle();
  for (const lose of [
    () => client.index(indexName).delete().waitTask({ timeout: 0 }),
    () => client.index(indexName).deleteAllDocuments().waitTask({ timeout: 0 }),
    () =>
      client
        .index(indexName)
        .addDocuments([markDocument("99:newer")])
        .waitTask({ timeout: 0 }),
  ]) {
    await stopWorker();
    await lose();
    expect((await ask(engine)).by).toEqual({ kind: "simpler" });
    startWorker(both());
    await vi.waitFor(async () => expect((await ask(engine)).by).toBeNull(), soon);
    expect(await ask(engine)).toMatchObject({ total });
  }
});

test("a node at another address keeps its index, and what waits for it", async () => {
  const { id } = await someone();
  await one().line.become("gone");
  const relist = await lapse(id);
  await vi.waitFor(async () => expect(await jobsOf(one().node.name)).toBeGreaterThan(0), soon);
  await stopWorker();
  const engineUrl = new URL(one().node.client.config.host);
  const moved = await faultyProxy(engineUrl);
  const mark = await readMark(one().node.client, indexName);
  startWorker([`http://127.0.0.1:${moved.port}`, other().url]);
  await vi.waitFor(async () => expect(await documentsOf(id, one())).toBe(0), soon);
  expect(await readMark(one().node.client, indexName)).toBe(mark);
  expect(await rows()).toContainEqual({ name: `127.0.0.1:${moved.port}`, build: mark });
  await stopWorker();
  await one().line.become("well");
  startWorker(both());
  await relist();
  await vi.waitFor(async () => {
    expect(await documentsOf(id, one())).toBeGreaterThan(0);
    expect(await rows()).toContainEqual({ name: one().node.name, build: mark });
  }, soon);
  await moved.close();
});

test("all are built anew side by side; one that fails is told, with what to do, and stops no other", async () => {
  await idle();
  await stopWorker();
  const twice = await faultyProxy(new URL(one().node.client.config.host));
  const nowhere = "http://127.0.0.1:9";
  const given = nodesAt([other().url, `http://127.0.0.1:${twice.port}`, one().url, nowhere]);
  const told = new Set<string>();
  const before = await rows();
  const therapists = await database.db.$count(schema.therapists);
  const outcomes = await rebuildDirectory(given, database.db, (node) => told.add(node));
  const words = outcomes.map((outcome) =>
    "built" in outcome ? outcome.built.therapists : nodeTrouble(outcome.error),
  );
  expect(words).toEqual([
    therapists,
    expect.stringMatching(/^it has the index of 127\.0\.0\.1:\d+: name each server once/),
    therapists,
    expect.stringContaining("nothing listens there: start it"),
  ]);
  expect(told).toEqual(new Set([other().node.name, one().node.name]));
  for (const { name, build } of before) {
    const now = (await rows()).find((row) => row.name === name);
    expect(now?.build).not.toBe(build);
  }
  for (const url of both()) expect(await ask(readersOf([url]))).toMatchObject({ total, by: null });
  await twice.close();
});
