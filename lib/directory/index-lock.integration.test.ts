import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditChain } from "#db/schema/audit.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { withIndexLock } from "./index-lock.ts";

const database = testDatabase();

const works = ["rebuild", { therapistId: "someone" }] as const;

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
