import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type Connection, connect } from "#db/client.ts";
import { openTruth, type Truth } from "#lib/circuits/truth.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { enqueueReindex } from "#lib/jobs/enqueue.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { type SearchEngine, searchEngine } from "#lib/search/engine.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { faultyProxy, type Line } from "../../tests/support/faulty-proxy.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { testSearch } from "../../tests/support/test-search.ts";
import { standingBy } from "./known-nodes.ts";
import { hearDirectory } from "./last-heard.ts";
import { profileOnHand } from "./profile-on-hand.ts";
import { rebuildDirectory } from "./rebuild-directory.ts";
import { noCriteria } from "./schema.ts";
import { searchDirectory } from "./search-directory.ts";
import { directoryStamp } from "./version.ts";

type Proxy = Awaited<ReturnType<typeof faultyProxy>>;

const database = testDatabase();
const search = testSearch();
const today = todayUtc();
// On a busy machine a search takes a while; whoever waited for something took at least this long.
const patience = { patienceMs: 1_000, pauseMs: 20 };
let meili: Proxy;
let postgres: Proxy;
let engine: SearchEngine;
let truth: Truth;
let readers: Connection;

beforeAll(async () => {
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 60, today });
  await rebuildDirectory([search.node], database.db, () => {}, search.indexUid);
  meili = await faultyProxy(new URL(search.server.url));
  postgres = await faultyProxy(new URL(database.url));
  const meiliUrl = `http://127.0.0.1:${meili.port}`;
  const databaseUrl = new URL(database.url);
  databaseUrl.host = `127.0.0.1:${postgres.port}`;
  readers = connect(databaseUrl.href);
  truth = openTruth(databaseUrl.href, readers.db, patience);
  const server = { ...search.server, url: meiliUrl };
  engine = searchEngine([server], search.indexUid, standingBy(truth), patience);
}, 120_000);

afterAll(async () => {
  await readers.sql.end({ timeout: 0 });
  await Promise.all([meili.close(), postgres.close()]);
});

const ask = (criteria = noCriteria) =>
  searchDirectory(criteria, { today, stamp: null }, engine, truth);

const lines = (to: { meili?: Line; postgres?: Line }) =>
  Promise.all([meili.become(to.meili ?? "well"), postgres.become(to.postgres ?? "well")]);

/** Asks until all is as it should be: what a reader does who tries again. */
const untilWell = () =>
  vi.waitFor(async () => expect((await ask()).trouble).toBeNull(), {
    timeout: 10_000,
    interval: 20,
  });

afterEach(async () => {
  await lines({});
  await untilWell();
});

async function timed<T>(work: () => Promise<T>): Promise<{ given: T; ms: number }> {
  const started = performance.now();
  const given = await work();
  return { given, ms: performance.now() - started };
}

describe.each(["gone", "silent"] as const)("while Meilisearch is %s", (state) => {
  test("Postgres answers in its place; one answer is slow at most, and it comes back", async () => {
    const before = await ask();
    await lines({ meili: state });
    const first = await timed(() => ask());
    expect(first.given).toMatchObject({ total: before.total, trouble: { kind: "simpler" } });
    expect(first.given.cards.map(({ slug }) => slug)).toEqual(before.cards.map(({ slug }) => slug));
    expect(first.ms).toBeLessThan(patience.patienceMs + 1_000);
    for (let again = 0; again < 5; again += 1) {
      const { given, ms } = await timed(() => ask());
      expect(given.trouble).toEqual({ kind: "simpler" });
      expect(ms).toBeLessThan(patience.patienceMs);
    }
    await lines({});
    await untilWell();
  });

  test("who is suspended is gone at once, though no job can tell the engine", async () => {
    await lines({ meili: state });
    const [someone] = (await ask()).cards;
    await whileSuspended(someone?.therapistId, async () => {
      const found = await ask();
      expect(found.cards.map(({ slug }) => slug)).not.toContain(someone?.slug);
      expect(found.cards.length).toBeGreaterThan(0);
    });
  });
});

describe.each(["gone", "silent"] as const)("while Postgres is %s", (state) => {
  test("the index answers alone and says of when that is; and Postgres comes back", async () => {
    const before = await ask();
    const { at } = await hearDirectory(truth);
    await lines({ postgres: state });
    const first = await timed(() => ask());
    expect(first.given).toMatchObject({
      total: before.total,
      cards: before.cards,
      trouble: { kind: "older", asOf: at },
    });
    expect(first.ms).toBeLessThan(patience.patienceMs + 1_000);
    const second = await timed(() => ask());
    expect(second.ms).toBeLessThan(patience.patienceMs);
    await lines({});
    await untilWell();
    await expect(directoryStamp(truth)).resolves.toContain(today);
  });

  test.each([
    ["with a job that nobody has done", true],
    ["by hand, without a job", false],
  ])("who was suspended before, %s, is never shown", async (_, withJob) => {
    const [someone] = (await ask()).cards;
    await whileSuspended(
      someone?.therapistId,
      async () => {
        await hearDirectory(truth);
        await lines({ postgres: state });
        const found = await ask();
        expect(found.trouble?.kind).toBe("older");
        expect(found.cards.map(({ slug }) => slug)).not.toContain(someone?.slug);
      },
      withJob,
    );
  });

  test("a profile that was read just before can be read again; another one cannot", async () => {
    const [someone, other] = (await ask()).cards;
    const { stamp } = await hearDirectory(truth);
    const moment = { today, stamp };
    const before = await profileOnHand(someone?.slug ?? "", moment, truth);
    await lines({ postgres: state });
    const found = await profileOnHand(someone?.slug ?? "", { today, stamp: null }, truth);
    expect(before.asOf).toBeNull();
    expect(found).toEqual({ profile: before.profile, asOf: expect.any(Date) });
    expect(found.profile?.slug).toBe(someone?.slug);
    const isAway = { name: "UnavailableError", part: "postgres" };
    await expect(profileOnHand(other?.slug ?? "", moment, truth)).rejects.toMatchObject(isAway);
  });

  test("a profile that was read before something changed is not shown", async () => {
    const [someone] = (await ask()).cards;
    const { stamp } = await hearDirectory(truth);
    await profileOnHand(someone?.slug ?? "", { today, stamp }, truth);
    await whileSuspended(someone?.therapistId, async () => {
      await hearDirectory(truth);
      await lines({ postgres: state });
      const again = profileOnHand(someone?.slug ?? "", { today, stamp: null }, truth);
      await expect(again).rejects.toMatchObject({ part: "postgres" });
    });
  });
});

test("with both away there is no answer, soon, and no wrong one", async () => {
  await lines({ meili: "silent", postgres: "silent" });
  const first = await timed(() => ask().catch((error: unknown) => error));
  expect(first.given).toMatchObject({ name: "UnavailableError" });
  expect(first.ms).toBeLessThan(2 * patience.patienceMs + 1_000);
  const second = await timed(() => ask().catch((error: unknown) => error));
  expect(second.given).toMatchObject({ name: "UnavailableError" });
  expect(second.ms).toBeLessThan(patience.patienceMs);
});

/** Suspends someone for as long as it takes; `database` does not go through the faulty line. */
async function whileSuspended(id = "", look: () => Promise<void>, withJob = true): Promise<void> {
  const { sql, db } = database;
  await sql`update therapists set listing_state = 'suspended' where id = ${id}`;
  if (withJob) await enqueueReindex(id, db);
  try {
    await look();
  } finally {
    await sql`update therapists set listing_state = 'listed' where id = ${id}`;
    await sql`delete from graphile_worker._private_jobs`;
    await lines({});
    await untilWell();
    await hearDirectory(truth);
  }
}
