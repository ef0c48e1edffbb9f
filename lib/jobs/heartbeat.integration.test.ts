import { EventEmitter } from "node:events";
import { Logger, run } from "graphile-worker";
import { expect, test } from "vitest";
import { testDatabase } from "../../tests/support/test-database.ts";
import { beat, forget, idsOfPools } from "./heartbeat.ts";

const database = testDatabase();

const held = async () =>
  (await database.sql`select from graphile_worker.jobs where locked_at is not null`).length;

test.each([
  [
    "has been silent too long",
    async (ids: string[]) => {
      await beat(ids, database.db);
      await database.sql`update workers set seen_at = now() - interval '1 hour'`;
      await beat(["another"], database.db);
    },
  ],
  ["says that it has ended", (ids: string[]) => forget(ids, database.db)],
])("jobs of a worker that %s are free", async (_, end) => {
  await database.sql`select graphile_worker.add_job('test.hangs')`;
  const events = new EventEmitter();
  const ids = idsOfPools(events);
  const [begun, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const runner = await run({
    connectionString: database.url,
    events,
    taskList: {
      "test.hangs": () => {
        begun.resolve();
        return done.promise;
      },
    },
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
  });
  await begun.promise;
  expect(await held()).toBe(1);
  await end(ids);
  expect(await held()).toBe(0);
  done.resolve();
  await runner.stop();
  await database.sql`delete from graphile_worker._private_jobs`;
});
