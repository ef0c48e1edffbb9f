import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Connection, connect } from "#db/client.ts";
import { isPooled } from "#db/find-pooler.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { verifyChain } from "#lib/audit/verify-chain.ts";
import { pauseListing } from "#lib/availability/pause-listing.ts";
import { resumeListing } from "#lib/availability/resume-listing.ts";
import { requireKnownPooler } from "#lib/circuits/require-known-pooler.ts";
import { openTruth, type Truth } from "#lib/circuits/truth.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { rebuildDirectory } from "#lib/directory/rebuild-directory.ts";
import { noCriteria } from "#lib/directory/schema.ts";
import { searchEntries } from "#lib/directory/search-entries.ts";
import { directoryStamp } from "#lib/directory/version.ts";
import { SetupError } from "#lib/errors.ts";
import { enqueueReindex } from "#lib/jobs/enqueue.ts";
import { getPublicProfile } from "#lib/profiles/queries.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { receiveReport } from "#lib/reports/receive-report.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { runWorker } from "#lib/worker/run-worker.ts";
import { type Pooler, poolerVersion, startPooler } from "../support/pooler.ts";
import { siteRole } from "../support/site-role.ts";
import { accountEnvironment } from "../support/test-accounts.ts";
import { testDatabase } from "../support/test-database.ts";
import { testSearch } from "../support/test-search.ts";

const size = 4;
const askers = 40;
const today = todayUtc();
const owner = testDatabase();
const site = siteRole(owner);
const search = testSearch();
let pooler: Pooler;
let pooled: Connection;
let truth: Truth;
let visible: { id: string; slug: string; personId: string }[];

accountEnvironment();

describe.skipIf(poolerVersion === null)(
  `through PgBouncer (${poolerVersion ?? "not here: apt-get install pgbouncer"})`,
  () => {
    beforeAll(async () => {
      vi.stubEnv("DATABASE_POOLER", "transaction");
      await loadReference(owner.db);
      await seedDemo(owner.db, { therapists: 60, today });
      await rebuildDirectory([search.node], owner.db, () => {}, search.indexUid);
      pooler = await startPooler([site.url, owner.url], size);
      pooled = connect(pooler.urlOf(site.url), { max: 20 });
      truth = openTruth(pooler.urlOf(site.url), pooled.db, { patienceMs: 10_000 });
      const found = await searchEntries(
        { ...noCriteria, place: null },
        { today, stamp: null },
        truth,
      );
      const ids = found.cards.map(({ therapistId }) => therapistId);
      visible = await owner.sql`
        select id, slug, person_id as "personId" from therapists where id = any(${ids})`;
      expect(visible.length).toBeGreaterThan(5);
    }, 120_000);

    afterAll(async () => {
      await pooled?.sql.end({ timeout: 1 });
      await pooler?.stop();
      vi.unstubAllEnvs();
    });

    test("40 who ask and write at once share four connections, and each gets what is right", async () => {
      const most = watchSessions();
      await Promise.all(
        Array.from({ length: askers }, async (_, n) => {
          const one = visible[n % visible.length];
          if (!one) throw new Error("nobody is visible");
          const found = await searchEntries(
            { ...noCriteria, q: n % 2 === 0 ? "emdr" : "", place: null },
            { today, stamp: null },
            truth,
          );
          expect(found.cards.length).toBeGreaterThan(0);
          const profile = await getPublicProfile(one.slug, today, pooled.db);
          expect(profile?.slug).toBe(one.slug);
          const report = {
            slug: one.slug,
            kind: "wrong-facts",
            words: "words",
            nonce: `n${n}`,
          } as const;
          expect(["received", "full"]).toContain(await receiveReport(report, today, pooled.db));
          await directoryStamp(truth);
        }),
      );
      await Promise.all(
        visible.slice(0, 5).map(async ({ personId }) => {
          const actor = { personId, roles: ["therapist"] as const };
          await pauseListing(actor, pooled.db);
          await resumeListing(actor, pooled.db);
        }),
      );
      expect(await most()).toBe(size);
      expect(await verifyChain({}, owner.db)).toMatchObject({ fault: null });
    });

    test("no question is sent on a connection that has not answered the last one", async () => {
      const narrow = connect(pooler.urlOf(site.url), { max: 3 });
      const asked = Array.from({ length: 60 }, (_, n) =>
        n % 2 === 0
          ? narrow.db.execute(sql`select 1 as n`)
          : narrow.db.execute(sql`select ${n}::integer as n`),
      );
      expect(await Promise.all(asked)).toHaveLength(60);
      await narrow.sql.end();
    });

    test("what was prepared on one connection is not on the next: without the setting it breaks", async () => {
      const prepared = postgres(pooler.urlOf(site.url), { max: 20, prepare: true });
      // Outside a transaction the driver prepares anew and says nothing; inside, that is lost.
      const ask = (n: number) => prepared.begin((tx) => tx`select ${n}::integer as n`);
      const asked: PromiseSettledResult<unknown>[] = [];
      for (let round = 0; round < 20; round += 1) {
        asked.push(...(await Promise.allSettled(Array.from({ length: 20 }, (_, n) => ask(n)))));
      }
      const broken = asked.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
      expect(new Set(broken)).toEqual(new Set(["26000"]));
      await prepared.end({ timeout: 1 });
    });

    test("a pooler that nobody told of is noticed, and words say what to set", async () => {
      expect(await isPooled(pooled.sql)).toBe(true);
      expect(await isPooled(site.sql)).toBe(false);
      const DATABASE_URL = pooler.urlOf(site.url);
      const refused = requireKnownPooler({ DATABASE_URL, DATABASE_POOLER: "none" });
      await expect(refused).rejects.toThrow(SetupError);
      await expect(refused).rejects.toThrow("DATABASE_POOLER=transaction");
      await requireKnownPooler({ DATABASE_URL, DATABASE_POOLER: "transaction" });
      await requireKnownPooler({ DATABASE_URL: site.url, DATABASE_POOLER: "none" });
    });

    test("migrations go past it: through it the owner is told so, and the site only looks", async () => {
      await expect(migrateDatabase(pooler.urlOf(owner.url))).rejects.toThrow(
        "MIGRATION_DATABASE_URL",
      );
      await migrateDatabase(pooler.urlOf(site.url));
    });
  },
);

describe.skipIf(poolerVersion === null)("a worker through PgBouncer", () => {
  test("does jobs by two connections, and soon", async () => {
    vi.stubEnv("DATABASE_POOLER", "transaction");
    const narrow = await startPooler([site.url], 2);
    const stopping = new AbortController();
    const working = runWorker(narrow.urlOf(site.url), [search.node], stopping.signal);
    const jobs = async () =>
      Number(
        (
          await owner.sql`select count(*) as n from graphile_worker.jobs
        where task_identifier <> 'mail.send'`
        )[0]?.n,
      );
    try {
      await expect.poll(jobs, { timeout: 60_000, interval: 50 }).toBe(0);
      // Many at once, each of which has a lock and something to read and to write.
      const ids = (await owner.sql`select id from therapists limit 30`).map(({ id }) => id);
      await Promise.all(ids.map((id) => enqueueReindex(id, owner.db)));
      await expect.poll(jobs, { timeout: 60_000, interval: 50 }).toBe(0);
      const waits = await waitsOf(20, ids[0] ?? "");
      console.log(`a job waited ${Math.round(waits.mean)} ms in the mean, ${waits.most} at most`);
      expect(waits.most).toBeLessThan(2_000);
    } finally {
      stopping.abort();
      await working;
      await narrow.stop();
      vi.unstubAllEnvs();
    }
  }, 180_000);
});

/** How long a job stands in the queue until it is gone, one after the other. */
async function waitsOf(times: number, id: string): Promise<{ mean: number; most: number }> {
  const waits: number[] = [];
  for (let n = 0; n < times; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 500));
    const started = performance.now();
    await enqueueReindex(id, owner.db);
    const left = () => owner.sql`select from graphile_worker.jobs where locked_at is null
      and task_identifier = 'profile.reindex'`;
    while ((await left()).length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    waits.push(Math.round(performance.now() - started));
  }
  return { mean: waits.reduce((sum, wait) => sum + wait, 0) / times, most: Math.max(...waits) };
}

/** Looks, until asked, how many connections the site's role has: so far nobody came past the pooler. */
function watchSessions(): () => Promise<number> {
  let most = 0;
  let done = false;
  const watching = (async () => {
    while (!done) {
      const [row] = await owner.sql`select count(*)::integer as n from pg_stat_activity
        where datname = current_database() and usename = ${site.role}`;
      most = Math.max(most, row?.n ?? 0);
    }
  })();
  return async () => {
    done = true;
    await watching;
    return most;
  };
}
