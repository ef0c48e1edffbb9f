import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  inject,
  test,
  vi,
} from "vitest";
import { type Connection, connect } from "#db/client.ts";
import { openLine, openTruth, type Truth } from "#lib/circuits/truth.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { type SearchEngine, searchEngine } from "#lib/search/engine.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { faultyProxy } from "../../tests/support/faulty-proxy.ts";
import { type Standby, startStandby } from "../../tests/support/standby.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { testSearch } from "../../tests/support/test-search.ts";
import { askForReader } from "./ask-for-reader.ts";
import { standingBy } from "./known-nodes.ts";
import { hearDirectory } from "./last-heard.ts";
import { profileOnHand } from "./profile-on-hand.ts";
import { readyReplicas } from "./ready-replicas.ts";
import { rebuildDirectory } from "./rebuild-directory.ts";
import { isAsNewAs, readStanding } from "./replica-standing.ts";
import { noCriteria } from "./schema.ts";
import { searchDirectory } from "./search-directory.ts";
import { directoryStamp } from "./version.ts";

type Proxy = Awaited<ReturnType<typeof faultyProxy>>;

const database = testDatabase();
const search = testSearch();
const today = todayUtc();
// On a busy machine a search takes a while; whoever waited for something took at least this long.
const patience = { patienceMs: 1_000, pauseMs: 20 };
let standby: Standby;
let proxies: { meili: Proxy; primary: Proxy; replica: Proxy };
let pools: Connection[];
let engine: SearchEngine;
let truth: Truth;

beforeAll(async () => {
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 60, today });
  await rebuildDirectory([search.node], database.db, () => {}, search.indexUid);
  standby = await startStandby(inject("adminUrl"));
  const copyUrl = standby.urlOf(database.url);
  proxies = {
    meili: await faultyProxy(new URL(search.server.url)),
    primary: await faultyProxy(new URL(database.url)),
    replica: await faultyProxy(new URL(copyUrl)),
  };
  const through = (url: string, { port }: Proxy) =>
    Object.assign(new URL(url), { host: `127.0.0.1:${port}` }).href;
  const [primaryUrl, replicaUrl] = [
    through(database.url, proxies.primary),
    through(copyUrl, proxies.replica),
  ];
  pools = [connect(primaryUrl, { max: 10 }), connect(replicaUrl, { max: 10 })];
  const [primary, replica] = pools as [Connection, Connection];
  truth = openTruth(primaryUrl, primary.db, patience, [openLine(replicaUrl, replica.db, patience)]);
  const meiliUrl = `http://127.0.0.1:${proxies.meili.port}`;
  const server = { ...search.server, url: meiliUrl };
  engine = searchEngine([server], search.indexUid, standingBy(truth), patience);
}, 120_000);

afterAll(async () => {
  await Promise.all(pools.map(({ sql }) => sql.end({ timeout: 0 })));
  await Promise.all(Object.values(proxies).map((proxy) => proxy.close()));
  await standby.remove();
});

const ask = async () =>
  searchDirectory(noCriteria, { today, stamp: await stampNow() }, engine, truth);
const stampNow = () => directoryStamp(truth).catch(() => null);
const profile = async (slug = "") => profileOnHand(slug, { today, stamp: await stampNow() }, truth);

/** Whether the line that a reader's question came by leads to the replica. */
const isCopied = async () => {
  const { given } = await askForReader(
    async (db) => {
      const rows = await db.execute<{ copied: boolean }>("select pg_is_in_recovery() as copied");
      return rows[0]?.copied;
    },
    { stamp: null },
    truth,
  );
  return given;
};

/** Transactions in the replica's copy of this database; asked from beside it, so that none is ours. */
async function transactionsThere(): Promise<number> {
  const { pathname } = new URL(database.url);
  const { sql } = connect(standby.urlOf(inject("adminUrl")), { max: 1 });
  try {
    const [row] = await sql`
      select xact_commit::integer as seen from pg_stat_database where datname = ${pathname.slice(1)}`;
    return row?.seen ?? 0;
  } finally {
    await sql.end();
  }
}

/** As when a worker is there, who says every ten seconds that it is. */
const beat = () => database.sql`insert into workers (id) values ('beat')
  on conflict (id) do update set seen_at = now()`;

/** Until readers' questions go to the replica again. */
const untilWell = () =>
  vi.waitFor(
    async () => {
      await beat();
      expect(await isCopied()).toBe(true);
      expect((await ask()).trouble).toBeNull();
    },
    { timeout: 15_000, interval: 50 },
  );

async function timed<T>(work: () => Promise<T>): Promise<{ given: T; ms: number }> {
  const started = performance.now();
  const given = await work();
  return { given, ms: performance.now() - started };
}

beforeEach(async () => {
  await hearDirectory(truth);
  await untilWell();
}, 30_000);

afterEach(async () => {
  await Promise.all(Object.values(proxies).map((proxy) => proxy.become("well")));
  await database.sql`update therapists set listing_state = 'listed' where listing_state = 'suspended'`;
  await database.sql`delete from graphile_worker._private_jobs`;
  await standby.resume();
  await untilWell();
}, 30_000);

const suspend = (id = "") =>
  database.sql`update therapists set listing_state = 'suspended' where id = ${id}`;

test("readers' questions are answered by the replica", async () => {
  const [someone] = (await ask()).cards;
  const before = await transactionsThere();
  for (let times = 0; times < 100; times += 1) {
    expect((await profile(someone?.slug)).profile?.slug).toBe(someone?.slug);
  }
  // A session tells of its transactions when it has been still for some seconds.
  const since = async () => (await transactionsThere()) - before;
  await expect.poll(since, { timeout: 25_000, interval: 200 }).toBeGreaterThanOrEqual(100);
  expect(await readyReplicas(truth)).toEqual({ well: 1, known: 1 });
});

describe("while the replica is behind", () => {
  test("who is suspended is gone at once from search and profile, with and without the engine", async () => {
    const [someone] = (await ask()).cards;
    await standby.pause();
    await suspend(someone?.therapistId);
    expect((await profile(someone?.slug)).profile).toBeNull();
    for (const line of ["well", "gone"] as const) {
      await proxies.meili.become(line);
      const found = await ask();
      expect(found.cards.length).toBeGreaterThan(0);
      expect(found.cards.map(({ slug }) => slug)).not.toContain(someone?.slug);
    }
  });

  test("a changed profile shows its new words, from the primary; later the replica has them", async () => {
    const [someone] = (await ask()).cards;
    const headline = `new words ${Math.random()}`;
    await standby.pause();
    await database.sql`update profile_revisions set headline = ${headline}
      where state = 'live' and therapist_id = ${someone?.therapistId ?? ""}`;
    expect((await profile(someone?.slug)).profile?.headline).toBe(headline);
    expect(await isCopied()).toBe(false);
    await standby.resume();
    await standby.caughtUp();
    await beat();
    await standby.caughtUp();
    expect(await isCopied()).toBe(true);
    expect((await profile(someone?.slug)).profile?.headline).toBe(headline);
  });

  test("one that has heard of no change for a minute is not asked, though the version is the same", async () => {
    const stamp = await directoryStamp(truth);
    const standing = await truth.replicas[0]?.db.transaction(readStanding);
    if (!standing) throw new Error("there is no replica");
    expect(isAsNewAs(stamp, standing)).toBe(true);
    for (const not of [
      { secondsBehind: 61 },
      { secondsBehind: null },
      { follows: false },
      { history: standing.history + 1 },
      { version: standing.version - 1 },
    ]) {
      expect([not, isAsNewAs(stamp, { ...standing, ...not })]).toEqual([not, false]);
    }
  });
});

describe.each(["gone", "silent"] as const)("while the replica is %s", (state) => {
  test("the primary answers; one answer is slow at most, and it comes back", async () => {
    const [someone] = (await ask()).cards;
    await proxies.replica.become(state);
    const first = await timed(() => profile(someone?.slug));
    expect(first.given).toMatchObject({ asOf: null, profile: { slug: someone?.slug } });
    expect(first.ms).toBeLessThan(patience.patienceMs + 1_000);
    for (let again = 0; again < 5; again += 1) {
      const { given, ms } = await timed(() => profile(someone?.slug));
      expect(given.asOf).toBeNull();
      expect(ms).toBeLessThan(patience.patienceMs);
    }
    await proxies.replica.become("well");
    await untilWell();
  });
});

test("a replica that is killed and started again is asked again", async () => {
  const [someone] = (await ask()).cards;
  await standby.kill();
  const first = await timed(() => profile(someone?.slug));
  expect(first.given.profile?.slug).toBe(someone?.slug);
  expect(first.ms).toBeLessThan(patience.patienceMs + 1_000);
  expect(await isCopied()).toBe(false);
  expect(await readyReplicas(truth)).toEqual({ well: 0, known: 1 });
  await standby.start();
  await untilWell();
});

describe.each(["gone", "silent"] as const)("while the primary is %s", (state) => {
  test("any profile is read from the replica, and says of when it is", async () => {
    const [, , someone] = (await ask()).cards;
    const { at } = await hearDirectory(truth);
    await proxies.primary.become(state);
    const first = await timed(() => profile(someone?.slug));
    expect(first.given).toMatchObject({ asOf: at, profile: { slug: someone?.slug } });
    expect(first.ms).toBeLessThan(2 * patience.patienceMs + 1_000);
    const second = await timed(() => profile(someone?.slug));
    expect(second.given.asOf).toEqual(at);
    expect(await readyReplicas(truth)).toEqual({ well: 1, known: 1 });
    expect(second.ms).toBeLessThan(patience.patienceMs);
  });

  test("with the engine away as well, the replica searches", async () => {
    const before = await ask();
    const { at } = await hearDirectory(truth);
    await proxies.primary.become(state);
    await proxies.meili.become(state);
    await ask();
    const { given, ms } = await timed(() => ask());
    expect(given).toMatchObject({ total: before.total, trouble: { kind: "older", asOf: at } });
    expect(given.cards.map(({ slug }) => slug)).toEqual(before.cards.map(({ slug }) => slug));
    expect(ms).toBeLessThan(patience.patienceMs);
  });

  test("who was suspended before is never shown, by a replica that has heard of it", async () => {
    const [someone] = (await ask()).cards;
    await suspend(someone?.therapistId);
    await hearDirectory(truth);
    await standby.caughtUp();
    await proxies.primary.become(state);
    expect((await profile(someone?.slug)).profile).toBeNull();
    for (const line of ["well", "gone"] as const) {
      await proxies.meili.become(line);
      const found = await ask();
      expect(found.trouble?.kind).toBe("older");
      expect(found.cards.map(({ slug }) => slug)).not.toContain(someone?.slug);
    }
  });

  test("one that has not heard of the last change shows no profile", async () => {
    const [someone, other] = (await ask()).cards;
    await standby.pause();
    await suspend(someone?.therapistId);
    await hearDirectory(truth);
    await proxies.primary.become(state);
    const isAway = { name: "UnavailableError", part: "postgres" };
    for (const { slug } of [someone, other].filter((card) => card !== undefined)) {
      await expect(profile(slug)).rejects.toMatchObject(isAway);
    }
    const found = await ask();
    expect(found.cards.map(({ slug }) => slug)).not.toContain(someone?.slug);
    expect(found.cards.length).toBeGreaterThan(0);
  });

  test("who was hidden after the last that was heard is not shown, where the replica knows", async () => {
    const [someone] = (await ask()).cards;
    await hearDirectory(truth);
    await suspend(someone?.therapistId);
    await standby.caughtUp();
    await proxies.primary.become(state);
    expect((await ask()).cards.map(({ slug }) => slug)).not.toContain(someone?.slug);
    expect((await profile(someone?.slug)).profile).toBeNull();
  });
});
