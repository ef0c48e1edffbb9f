import { Logger, run, runOnce } from "graphile-worker";
import { expect, test } from "vitest";
import { verifyChain } from "#lib/audit/verify-chain.ts";
import { claimCase } from "#lib/cases/claim-case.ts";
import { decide } from "#lib/decisions/decide.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { feedNodes } from "#lib/directory/feed-nodes.ts";
import { enqueueReindexAll } from "#lib/jobs/enqueue.ts";
import { beat, forget } from "#lib/jobs/heartbeat.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { getEditorView } from "#lib/revisions/queries.ts";
import { submitRevision } from "#lib/revisions/submit-revision.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { found, openCaseOf, openLooks } from "../../tests/support/moderate.ts";
import { saveWholeProfile } from "../../tests/support/own-profile.ts";
import { makePerson } from "../../tests/support/people.ts";
import { siteRole } from "../../tests/support/site-role.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { testSearch } from "../../tests/support/test-search.ts";
import { tasksAt } from "./node-tasks.ts";
import { enqueueScheduledTasks, schedule } from "./schedule.ts";
import { tasks } from "./tasks.ts";

// Everything here is done as the role that site and worker have: it owns nothing.
const owner = testDatabase();
const site = siteRole(owner);
const search = testSearch();
const quiet = { noHandleSignals: true, logger: new Logger(() => () => {}) };

accountEnvironment();

const jobs = async () =>
  (
    await site.sql<{ task: string; tries: number }[]>`
    select task_identifier as task, attempts as tries from graphile_worker.jobs order by 1`
  ).map(({ task, tries }) => ({ task, tries }));

test("a directory is made, jobs are enqueued, done and gone", async () => {
  await loadReference(site.db);
  await seedDemo(site.db, { therapists: 20, today: todayUtc() });
  await feedNodes([search.node], search.indexUid, site.db);
  await enqueueReindexAll(site.db);
  await enqueueScheduledTasks(site.db);
  expect((await jobs()).length).toBeGreaterThan(3);
  const taskList = {
    ...tasks({ db: site.db, transport: null }),
    ...tasksAt(search.node, site.db, search.indexUid),
  };
  // Some jobs make others, which wait for each other in a queue of their own.
  const left = async () => {
    await runOnce({ connectionString: site.url, taskList, ...quiet });
    return (await jobs()).filter(({ task }) => task !== "mail.send");
  };
  await expect.poll(left, { timeout: 20_000 }).toEqual([]);
  const { numberOfDocuments } = await search.node.client.index(search.indexUid).getStats();
  expect(numberOfDocuments).toBeGreaterThan(5);
});

test("a job that fails is tried again later, and the timetable is kept", async () => {
  await site.sql`select graphile_worker.add_job('test.fails')`;
  const done = Promise.withResolvers<void>();
  const runner = await run({
    connectionString: site.url,
    taskList: {
      "test.fails": () => {
        done.resolve();
        throw new Error("not today");
      },
    },
    parsedCronItems: schedule(),
    ...quiet,
  });
  await done.promise;
  await runner.stop();
  expect(await jobs()).toContainEqual({ task: "test.fails", tries: 1 });
  const [row] = await owner.sql`
    select count(*)::integer as known from graphile_worker._private_known_crontabs`;
  expect(row?.known).toBe(schedule().length);
  await beat(["worker-1"], site.db);
  await site.sql`update workers set seen_at = now() - interval '1 hour'`;
  await beat(["worker-2"], site.db);
  await forget(["worker-2"], site.db);
});

test("a profile is written and sent, claimed and decided on, and all of it is chained", async () => {
  const therapist = await makePerson(site.db);
  await saveWholeProfile(therapist, site.db, "LIC-SITE-1");
  await submitRevision(therapist, { consent: true }, site.db);
  const therapistId = (await getEditorView(therapist, site.db)).therapist?.id ?? "";
  const { id: caseId } = await openCaseOf(therapistId, "submission", site.db);
  const moderator = await makePerson(site.db, { roles: ["moderator"] });
  await claimCase(moderator, caseId, site.db);
  const look = (await openLooks(caseId, site.db)).find((each) => each.claimType === "credential");
  const decided = await decide(
    moderator,
    {
      caseId,
      action: "verify",
      checkId: look?.id ?? "",
      code: "source-match",
      reason: "The register says so.",
      record: found(),
    },
    site.db,
  );
  expect(decided.state).toBe("in-force");
  expect(await verifyChain({}, site.db)).toMatchObject({ fault: null, rows: expect.any(Number) });
  const [row] = await site.sql`select count(*)::integer as events from audit_events
    where actor_id in (${therapist.personId}, ${moderator.personId})`;
  expect(row?.events).toBeGreaterThan(8);
});
