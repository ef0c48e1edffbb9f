import { type Job, Logger, run } from "graphile-worker";
import { expect, test } from "vitest";
import { countJobs } from "#lib/metrics/queries.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { enqueueReindex, enqueueSend } from "./enqueue.ts";

const database = testDatabase();
const waiting = 3_000;

const aWhile = { timeout: 120_000 };

test("a queue of thousands takes more, and whoever is waited for goes first", aWhile, async () => {
  await database.sql`
    select graphile_worker.add_job('profile.reindex', json_build_object('therapistId', n),
      job_key => 'profile.reindex:' || n) from generate_series(1, ${waiting}::integer) as n`;
  await enqueueReindex("somebody", database.db);
  await enqueueReindex("somebody", database.db);
  await enqueueSend("a-mail", database.db, { urgent: true });
  expect(await countJobs(database.db)).toMatchObject([
    { task: "mail.send", state: "ready", count: 1 },
    { task: "profile.reindex", state: "ready", count: waiting + 1 },
  ]);
  const { promise: first, resolve } = Promise.withResolvers<Job["task_identifier"]>();
  const done = (task: string) => async () => resolve(task);
  const runner = await run({
    connectionString: database.url,
    concurrency: 1,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
    parsedCronItems: [],
    taskList: { "profile.reindex": done("profile.reindex"), "mail.send": done("mail.send") },
  });
  expect(await first).toBe("mail.send");
  await runner.stop();
});
