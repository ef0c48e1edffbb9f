import { expect, test } from "vitest";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { enqueueReindex } from "#lib/jobs/enqueue.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { runWorker } from "#lib/worker/run-worker.ts";
import { siteRole } from "../support/site-role.ts";
import { accountEnvironment } from "../support/test-accounts.ts";
import { testDatabase } from "../support/test-database.ts";
import { testSearch } from "../support/test-search.ts";

const owner = testDatabase();
const site = siteRole(owner);
const search = testSearch();
accountEnvironment();

test("a worker with much to do opens no more connections than it may", async () => {
  await loadReference(owner.db);
  await seedDemo(owner.db, { therapists: 60, today: todayUtc() });
  const ids = (await owner.sql`select id from therapists`).map(({ id }) => id as string);
  const stopping = new AbortController();
  const working = runWorker(site.url, [search.node], stopping.signal);
  let most = 0;
  // A look tells of jobs and connections at once.
  const left = async () => {
    const [row] = await owner.sql`
      select (select count(*)::integer from graphile_worker.jobs
          where task_identifier <> 'mail.send') as jobs,
        (select count(*)::integer from pg_stat_activity
          where datname = current_database() and usename = ${site.role}) as connections`;
    most = Math.max(most, row?.connections);
    return row?.jobs;
  };
  try {
    await Promise.all(ids.map((id) => enqueueReindex(id, owner.db)));
    await expect.poll(left, { timeout: 60_000, interval: 5 }).toBe(0);
  } finally {
    stopping.abort();
    await working;
  }
  expect(most).toBeLessThanOrEqual(20);
  expect(most).toBeGreaterThan(4);
}, 120_000);
