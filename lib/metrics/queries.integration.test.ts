import { expect, test } from "vitest";
import { mails } from "#db/schema/mails.ts";
import { enqueueReindex } from "#lib/jobs/enqueue.ts";
import { siteRole } from "../../tests/support/site-role.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { countConnections, countJobs, countMails } from "./queries.ts";
import { measureQueue, registry } from "./registry.ts";

const database = testDatabase();
const site = siteRole(database);

test("the site's own role sees how deep the queue is, and how old", async () => {
  expect(await countJobs(site.db)).toEqual([]);
  await enqueueReindex("someone", site.db);
  await enqueueReindex("someone-else", site.db);
  const jobs = () => database.sql`graphile_worker._private_jobs`;
  await database.sql`update ${jobs()} set run_at = now() - interval '1 hour'
    where id = (select min(id) from ${jobs()})`;
  await database.sql`update ${jobs()} set run_at = now() + interval '1 hour'
    where id = (select max(id) from ${jobs()})`;
  const [later, ready] = await countJobs(site.db);
  expect(later).toEqual({ task: "profile.reindex", state: "later", count: 1, seconds: 0 });
  expect(ready).toMatchObject({ task: "profile.reindex", state: "ready", count: 1 });
  expect(ready?.seconds).toBeGreaterThan(3_599);
});

test("mails that wait and connections are counted, and nothing is said of whose", async () => {
  await site.db.insert(mails).values({ kind: "sign-in", locale: "en", sealedBody: "x" });
  expect(await countMails(site.db)).toEqual([
    { state: "waiting", count: 1 },
    { state: "failed", count: 0 },
  ]);
  const open = await countConnections(site.db);
  expect(open.find(({ state }) => state === "active")?.count).toBeGreaterThan(0);
});

test("a scrape tells of the database as it is at that moment, and of none when it is away", async () => {
  measureQueue(site.db);
  const first = await registry.metrics();
  expect(first).toContain('parasol_jobs{task="profile.reindex",state="ready"} 1');
  expect(first).toContain('parasol_mails{state="waiting"} 1');
  expect(first).toMatch(/parasol_jobs_oldest_seconds 36\d\d/);
  expect(first).toContain("parasol_database_up 1");
  await site.sql.end();
  const second = await registry.metrics();
  expect(second).toContain("parasol_database_up 0");
  expect(second).not.toContain("parasol_jobs{");
});
