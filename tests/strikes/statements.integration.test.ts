import { afterAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { verifyChain } from "#lib/audit/verify-chain.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { outcome } from "../support/outcome.ts";
import { accountEnvironment } from "../support/test-accounts.ts";
import { carryOut, type Order } from "./commands.ts";
import { acceptOrder, agreeOrder, hideOrder, reportOrder, submitOrder } from "./orders.ts";
import { struckProcesses } from "./run-struck.ts";
import { type Changes, sceneDatabase, tried, untilAlone } from "./scene.ts";
import { strikeEach } from "./strike-each.ts";

type Act = {
  name: string;
  order: (db: Db) => Promise<Order>;
  /** Tables that it is all about; it may change others too. */
  writes: readonly string[];
  /** What one hears who asks for it again when all of it is there. */
  heard: string;
};

const events = "public.audit_events";
const jobs = "graphile_worker._private_jobs";
const acts: Act[] = [
  {
    name: "a profile is accepted",
    order: acceptOrder,
    writes: ["public.decisions", "public.profile_revisions", "public.mails", events, jobs],
    heard: "already-decided",
  },
  {
    name: "the second person agrees",
    order: agreeOrder,
    writes: ["public.decisions", "public.checks", events],
    heard: "already-decided",
  },
  {
    name: "a listing is hidden",
    order: hideOrder,
    writes: ["public.decisions", "public.therapists", events, jobs],
    heard: "already-decided",
  },
  {
    name: "a profile is sent",
    order: submitOrder,
    writes: ["public.cases", "public.checks", "public.mails", events, jobs],
    heard: "already-submitted",
  },
  {
    name: "a report comes in",
    order: reportOrder,
    writes: ["public.reports", "public.cases", events],
    heard: "done",
  },
];

accountEnvironment();
const processes = struckProcesses();
const scene = sceneDatabase(async (db) => {
  await loadReference(db);
  const orders = new Map<string, Order>();
  for (const { name, order } of acts) orders.set(name, await order(db));
  return { orders };
});
const table: Record<string, unknown>[] = [];
afterAll(() => console.table(table));

describe("a process that is killed after any statement leaves all or nothing, when", () => {
  test.each(acts)(
    "$name",
    async ({ name, writes, heard }) => {
      const order = scene.orders.get(name);
      if (!order) throw new Error("there is no such order");
      const { struck, whole } = await strikeEach(scene.copy, async (at, copy) => {
        const ended = await processes.run(order, copy.url, { after: "statement", at });
        await untilAlone(copy);
        const changes = await scene.changesIn(copy.db);
        const { fault } = await verifyChain({}, copy.db);
        const atLast = await tried(copy.db, async (tx) => {
          const again = await outcome(carryOut(order, { db: tx, databaseUrl: copy.url }));
          return { again, changes: await scene.changesIn(tx), ...(await verifyChain({}, tx)) };
        });
        return { ...ended, at, changes, fault, atLast };
      });
      expect(whole.said).toBe("done");
      expect(Object.keys(whole.changes)).toEqual(expect.arrayContaining([...writes]));
      for (const { at, changes, fault, atLast } of [...struck, whole]) {
        const isNone = Object.keys(changes).length === 0;
        const again = isNone ? "done" : heard;
        expect.soft({ at, changes }).toEqual({ at, changes: isNone ? {} : whole.changes });
        expect.soft({ at, fault }).toEqual({ at, fault: null });
        const allThere = { again, changes: whole.changes, fault: null };
        expect.soft({ at, ...atLast }).toMatchObject({ at, ...allThere });
      }
      const none = struck.filter(({ changes }) => Object.keys(changes).length === 0).length;
      table.push({
        act: name,
        killed: struck.length,
        none,
        all: struck.length - none,
        ...sums(whole.changes),
      });
      // The last statement is the one that makes it hold.
      expect([none, struck.length - none]).toEqual([struck.length - 1, 1]);
    },
    300_000,
  );
});

function sums(changes: Changes) {
  const came = Object.values(changes).reduce((sum, each) => sum + each.came, 0);
  return { tables: Object.keys(changes).length, rows: came };
}
