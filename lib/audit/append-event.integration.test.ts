import { TransactionRollbackError } from "drizzle-orm";
import { expect, test } from "vitest";
import { connect } from "#db/client.ts";
import { siteRole } from "../../tests/support/site-role.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { appendEvent } from "./append-event.ts";
import { readHead } from "./read-head.ts";
import { headText, readHeadText } from "./rules.ts";
import { verifyChain } from "./verify-chain.ts";

const database = testDatabase();
const site = siteRole(database);
const WRITERS = 20;
const TURNS = 15;

test("many writers at once: no gap, no deadlock, nothing lost, nothing of what was undone", async () => {
  const { sql, db } = connect(site.url, { max: WRITERS });
  let kept = 0;
  let writing = true;
  const write = (writer: number, turn: number) =>
    db.transaction(async (tx) => {
      const count = 1 + ((writer + turn) % 4);
      for (let event = 0; event < count; event += 1) {
        const subject = { kind: "test", id: `${writer}-${turn}-${event}` };
        await appendEvent({ actorId: `writer-${writer}`, verb: "test.write", subject }, tx);
      }
      if ((writer + turn) % 5 === 0) return tx.rollback();
      return count;
    });
  const watching = (async () => {
    let looks = 0;
    for (; writing; looks += 1) {
      expect((await verifyChain({}, database.db)).fault).toBeNull();
    }
    return looks;
  })();
  const all = Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      for (let turn = 0; turn < TURNS; turn += 1) {
        const events = await write(writer, turn).catch((error: unknown) => {
          if (error instanceof TransactionRollbackError) return 0;
          throw error;
        });
        kept += events;
      }
    }),
  );
  await all.finally(() => {
    writing = false;
  });
  expect(await watching).toBeGreaterThan(0);
  await sql.end();
  const verdict = await verifyChain({}, database.db);
  expect(verdict).toMatchObject({ fault: null, rows: kept });
  const [row] = await database.sql`select count(*)::integer as events,
    (select max(seq)::integer from audit_chain) as last from audit_events`;
  expect(row).toEqual({ events: kept, last: kept });
});

test("a head survives being printed and read again; anything else is no head", async () => {
  const head = await readHead(database.db);
  expect(readHeadText(`  ${headText(head).toUpperCase()}\n`)).toEqual(head);
  for (const text of ["", "12", "12:abc", `x:${head.hash}`, `1:${head.hash}0`, `-1:${head.hash}`]) {
    expect(readHeadText(text), text).toBeNull();
  }
});
