import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { connect } from "#db/client.ts";
import { auditChain } from "#db/schema/audit.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { withIndexLock } from "./index-lock.ts";

const database = testDatabase();

const works = [{ index: "a:1" }, { index: "a:1", therapistId: "someone" }];

test.each(works)("a write with its audit event does not wait for %j", async (what) => {
  await withIndexLock(what, database.db, () =>
    database.db.transaction(async (tx) => {
      await tx.execute(sql`set local lock_timeout = '2s'`);
      await appendEvent(
        { actorId: null, verb: "report.receive", subject: { kind: "therapist", id: "someone" } },
        tx,
      );
    }),
  );
  expect(await database.db.$count(auditChain)).toBeGreaterThan(0);
});

/** Whether something can be done while something else is at it, or waits for its end. */
async function goesBeside(held: (typeof works)[number], wanted: (typeof works)[number]) {
  const other = connect(database.url, { max: 1 });
  let asked: Promise<boolean> | undefined;
  const outcome = await withIndexLock(held, database.db, async () => {
    asked = withIndexLock(wanted, other.db, async () => true);
    return Promise.race([asked, pause(400, false)]);
  });
  expect(await asked).toBe(true);
  await other.sql.end();
  return outcome;
}

const [whole, ana, ben] = [
  { index: "a:1" },
  { index: "a:1", therapistId: "ana" },
  { index: "a:1", therapistId: "ben" },
];

test.each([
  ["two profiles at one node", ana, ben, true],
  ["one profile twice", ana, ana, false],
  ["a profile while its node is rebuilt", whole, ana, false],
  ["a rebuild while a profile is written", ana, whole, false],
  ["a profile while another node is rebuilt", { index: "b:1" }, ana, true],
  ["one profile at two nodes", { index: "b:1", therapistId: "ana" }, ana, true],
  ["two nodes rebuilt", { index: "b:1" }, whole, true],
])("%s: %j, %j: %s", async (_, held, wanted, beside) => {
  expect(await goesBeside(held, wanted)).toBe(beside);
});
