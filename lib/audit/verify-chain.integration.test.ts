import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { appendEvent } from "./append-event.ts";
import { hashLink } from "./hash-link.ts";
import { readHead } from "./read-head.ts";
import { type Link, readLinks } from "./read-links.ts";
import { type ChainFault, emptyHead, type Head } from "./rules.ts";
import { verifyChain } from "./verify-chain.ts";

const database = testDatabase();
const LINKS = 40;

/** Two links of the chain, `first` before `other`, and a word to write in the place of another. */
type Place = { first: number; other: number; word: string; column: keyof typeof columns };
/** What somebody does who may do anything to the tables, and what has to be found then. */
type Tampering = [did: (at: Place, tx: Db) => Promise<unknown>, finds: (at: Place) => ChainFault];

const chain: Link[] = [];
let kept: Head = emptyHead;
const free = 9_000;

beforeAll(async () => {
  expect(await verifyChain({}, database.db)).toEqual({ fault: null, rows: 0, head: emptyHead });
  for (let made = 0; made < LINKS; ) {
    const together = Math.min(LINKS - made, 1 + (made % 3));
    await write(made, together, database.db);
    await write(made, 1, database.db, { undone: true });
    made += together;
  }
  for await (const batch of readLinks(database.db)) chain.push(...batch);
  kept = await readHead(database.db);
  expect(kept.seq).toBe(LINKS);
});

async function write(from: number, count: number, db: Db, { undone = false } = {}): Promise<void> {
  const work = db.transaction(async (tx) => {
    for (let at = from; at < from + count; at += 1) {
      const details = { n: at, words: ['é\n\t"\\', "🜂", null, 1.5], at: { deep: true } };
      await appendEvent(
        {
          actorId: at % 4 === 0 ? null : `person-${at % 5}`,
          verb: `test.done-${at % 6}`,
          subject: { kind: "test", id: `subject ${at} ñ` },
          ...(at % 2 === 0 && { details }),
        },
        tx,
      );
    }
    if (undone) tx.rollback();
  });
  await work.catch((error: unknown) => {
    if (!undone) throw error;
  });
}

const link = (seq: number) => chain[seq - 1] as Link;
const id = (seq: number) => link(seq).eventId;
const isLast = ({ first }: Place) => first === LINKS;
const columns = {
  at: ({ word }: Place) => sql`at = at + ${word.length} * interval '1 microsecond'`,
  actor: ({ word }: Place) => sql`actor_id = coalesce(actor_id, '') || ${word}`,
  verb: ({ word }: Place) => sql`verb = verb || ${word}`,
  kind: ({ word }: Place) => sql`subject_kind = ${word} || subject_kind`,
  subject: ({ word }: Place) => sql`subject_id = ${word}`,
  details: ({ word }: Place) => sql`details = details || jsonb_build_object('n', ${word}::text)`,
};
const edit = (at: Place, tx: Db) =>
  tx.execute(sql`update audit_events set ${columns[at.column](at)} where id = ${id(at.first)}`);

/** Hashes links anew from one on, so that the chain fits together again, up to and with `to`. */
async function rehash(from: number, to: number, tx: Db): Promise<void> {
  let before = from === 1 ? emptyHead.hash : link(from - 1).hash;
  for await (const batch of readLinks(tx)) {
    for (const { seq, event } of batch) {
      if (Number(seq) < from || Number(seq) > to || !event) continue;
      const hash = hashLink(before, seq, event);
      await tx.execute(
        sql`update audit_chain set before = ${before}, hash = ${hash} where seq = ${seq}::bigint`,
      );
      before = hash;
    }
  }
}

/** Exchanges what a column holds in two rows, past what makes it unique. */
async function swap(table: string, key: string, [one, two]: readonly string[], tx: Db) {
  const [name, column] = [sql.identifier(table), sql.identifier(key)];
  const move = (from: string, to: string) =>
    tx.execute(sql`update ${name} set ${column} = ${to}::bigint where ${column} = ${from}::bigint`);
  await move(String(one), String(-1));
  await move(String(two), String(one));
  await move("-1", String(two));
}

async function makeRoom(from: number, by: 1 | -1, tx: Db): Promise<void> {
  await tx.execute(sql`update audit_chain set seq = -seq where seq >= ${from}`);
  await tx.execute(sql`update audit_chain set seq = -seq + ${by} where seq < 0`);
}

async function putIn(at: number, hash: string | null, tx: Db): Promise<void> {
  await tx.execute(sql`insert into audit_events (id, verb, subject_kind, subject_id)
    values (${free}, 'test.forged', 'test', '1')`);
  const before = at === 1 ? emptyHead.hash : link(at - 1).hash;
  await tx.execute(sql`insert into audit_chain (seq, event_id, before, hash)
    values (${at}, ${free}, ${before}, ${hash ?? ""})`);
  if (hash === null) await rehash(at, at, tx);
}

const drop = (what: "events" | "links", from: number, to: number, tx: Db) =>
  what === "links"
    ? tx.execute(sql`delete from audit_chain where seq between ${from} and ${to}`)
    : tx.execute(sql`delete from audit_events where id in
        (select event_id from audit_chain where seq between ${from} and ${to})`);

const tamperings: Record<string, Tampering> = {
  "an event edited": [
    edit,
    ({ first }) => ({ fault: "event-changed", seq: first, eventId: id(first) }),
  ],
  "an event edited, its own link hashed anew": [
    async (at, tx) => {
      await edit(at, tx);
      await rehash(at.first, at.first, tx);
    },
    (at) =>
      isLast(at)
        ? { fault: "not-the-kept-chain", seq: LINKS, eventId: id(LINKS) }
        : { fault: "chain-broken", seq: at.first + 1, eventId: id(at.first + 1) },
  ],
  "an event edited, all links after it hashed anew": [
    async (at, tx) => {
      await edit(at, tx);
      await rehash(at.first, LINKS, tx);
    },
    () => ({ fault: "not-the-kept-chain", seq: LINKS, eventId: id(LINKS) }),
  ],
  "an event deleted": [
    ({ first }, tx) => drop("events", first, first, tx),
    ({ first }) => ({ fault: "event-missing", seq: first, eventId: id(first) }),
  ],
  "a link deleted": [
    ({ first }, tx) => drop("links", first, first, tx),
    (at) => ({
      fault: isLast(at) ? "cut-off" : "link-missing",
      seq: at.first,
      eventId: id(at.first),
    }),
  ],
  "an event deleted with its link": [
    async ({ first }, tx) => {
      await drop("events", first, first, tx);
      await drop("links", first, first, tx);
    },
    (at) => ({ fault: isLast(at) ? "cut-off" : "link-missing", seq: at.first, eventId: null }),
  ],
  "an event deleted with its link, the rest moved up and hashed anew": [
    async ({ first }, tx) => {
      await drop("events", first, first, tx);
      await drop("links", first, first, tx);
      await makeRoom(first, -1, tx);
      await rehash(first, LINKS, tx);
    },
    () => ({ fault: "cut-off", seq: LINKS, eventId: null }),
  ],
  "cut off": [
    async ({ first }, tx) => {
      await drop("events", first, LINKS, tx);
      await drop("links", first, LINKS, tx);
    },
    ({ first }) => ({ fault: "cut-off", seq: first, eventId: null }),
  ],
  "links cut off": [
    ({ first }, tx) => drop("links", first, LINKS, tx),
    ({ first }) => ({ fault: "cut-off", seq: first, eventId: id(first) }),
  ],
  "the hash of a link edited": [
    ({ first, word }, tx) =>
      tx.execute(sql`update audit_chain set hash = ${word} where seq = ${first}`),
    ({ first }) => ({ fault: "link-changed", seq: first, eventId: id(first) }),
  ],
  "the hash before edited": [
    ({ first, word }, tx) =>
      tx.execute(sql`update audit_chain set before = ${word} where seq = ${first}`),
    ({ first }) => ({ fault: "link-changed", seq: first, eventId: id(first) }),
  ],
  "a link led to no event": [
    ({ first }, tx) =>
      tx.execute(sql`update audit_chain set event_id = ${free} where seq = ${first}`),
    ({ first }) => ({ fault: "event-missing", seq: first, eventId: String(free) }),
  ],
  "the number of a link moved far away": [
    ({ first }, tx) =>
      tx.execute(sql`update audit_chain set seq = 9223372036854775807 where seq = ${first}`),
    ({ first }) => ({ fault: "link-missing", seq: first, eventId: null }),
  ],
  "two events exchanged": [
    ({ first, other }, tx) => swap("audit_events", "id", [id(first), id(other)], tx),
    ({ first }) => ({ fault: "event-changed", seq: first, eventId: id(first) }),
  ],
  "two links led to each other's events": [
    ({ first, other }, tx) => swap("audit_chain", "event_id", [id(first), id(other)], tx),
    ({ first, other }) => ({ fault: "event-changed", seq: first, eventId: id(other) }),
  ],
  "two links exchanged": [
    ({ first, other }, tx) => swap("audit_chain", "seq", [`${first}`, `${other}`], tx),
    ({ first, other }) => ({ fault: "chain-broken", seq: first, eventId: id(other) }),
  ],
  "an event put in without a link": [
    (_, tx) =>
      tx.execute(sql`insert into audit_events (id, verb, subject_kind, subject_id)
        values (${free}, 'test.forged', 'test', '1')`),
    () => ({ fault: "event-unlinked", seq: null, eventId: String(free) }),
  ],
  "an event put in with a link that fits to the one before": [
    async ({ first }, tx) => {
      await makeRoom(first, 1, tx);
      await putIn(first, null, tx);
    },
    ({ first }) => ({ fault: "chain-broken", seq: first + 1, eventId: id(first) }),
  ],
  "an event put in with a made-up hash": [
    async ({ first, word }, tx) => {
      await makeRoom(first, 1, tx);
      await putIn(first, word, tx);
    },
    ({ first }) => ({ fault: "event-changed", seq: first, eventId: String(free) }),
  ],
  "a link put before the first": [
    (_, tx) =>
      tx.execute(sql`insert into audit_chain (seq, event_id, before, hash)
        values (0, ${free}, ${emptyHead.hash}, ${emptyHead.hash})`),
    () => ({ fault: "chain-broken", seq: 0, eventId: String(free) }),
  ],
};

const place = fc
  .record({
    name: fc.constantFrom(...Object.keys(tamperings)),
    places: fc.uniqueArray(fc.integer({ min: 1, max: LINKS }), { minLength: 2, maxLength: 2 }),
    word: fc.stringMatching(/^[a-z0-9]{1,12}$/),
    column: fc.constantFrom(...(Object.keys(columns) as (keyof typeof columns)[])),
  })
  .map(({ places, ...rest }) => {
    const [first = 1, other = 2] = places.toSorted((a, b) => a - b);
    return { first, other, ...rest };
  });

async function thenUndone<T>(work: (tx: Db) => Promise<T>): Promise<T> {
  const result: T[] = [];
  await database.db
    .transaction(async (tx) => {
      result.push(await work(tx));
      tx.rollback();
    })
    .catch((error: unknown) => {
      if (result.length === 0) throw error;
    });
  return result[0] as T;
}

test("a thousand ways to tamper are all found, and the first bad row is named", async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(place, async ({ name, ...at }) => {
      const [did, finds] = tamperings[name] as Tampering;
      const verdict = await thenUndone(async (tx) => {
        await did(at, tx);
        return verifyChain({ kept }, tx);
      });
      expect(verdict.fault, name).toEqual(finds(at));
      seen.set(name, (seen.get(name) ?? 0) + 1);
    }),
    { numRuns: 1_000 },
  );
  expect(seen.size).toBe(Object.keys(tamperings).length);
  expect(await verifyChain({ kept }, database.db)).toEqual({
    fault: null,
    rows: LINKS,
    head: kept,
  });
}, 120_000);

test("the last link without a kept head: what was taken away with it does not show", async () => {
  const verdict = await thenUndone(async (tx) => {
    await drop("events", LINKS, LINKS, tx);
    await drop("links", LINKS, LINKS, tx);
    return [await verifyChain({}, tx), await verifyChain({ kept }, tx)];
  });
  expect(verdict).toMatchObject([{ fault: null }, { fault: { fault: "cut-off", seq: LINKS } }]);
});

test("a chain that went on since its head was kept is well", async () => {
  const then = { seq: 7, hash: link(7).hash };
  expect(await verifyChain({ kept: then }, database.db)).toMatchObject({ fault: null });
  const other = { seq: 7, hash: link(8).hash };
  expect(await verifyChain({ kept: other }, database.db)).toMatchObject({
    fault: { fault: "not-the-kept-chain", seq: 7, eventId: id(7) },
    rows: 6,
  });
});
