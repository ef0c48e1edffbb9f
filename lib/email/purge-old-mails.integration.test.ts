import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "../../tests/support/test-database.ts";
import { purgeOldMails, retention } from "./purge-old-mails.ts";

const database = testDatabase();
const now = new Date("2026-11-23T15:17:00Z");
const dateAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const daysAgo = (days: number) => dateAgo(days).toISOString();

beforeEach(async () => {
  for (const { table } of retention) await database.sql`delete from ${database.sql(table)}`;
  await database.sql`delete from audit_events`;
});

/** A row of each kind whose moment was so long ago. */
const rows: Record<string, (at: string) => PromiseLike<unknown>> = {
  "mails useless_after": (at) => database.sql`
    insert into mails (kind, locale, sealed_body, state, created_at, useless_after)
    values ('sign-in', 'en', 'x', 'failed', ${daysAgo(0)}, ${at})`,
  "mails created_at": (at) => database.sql`
    insert into mails (kind, locale, sealed_body, state, created_at)
    values ('sign-in', 'en', 'x', 'failed', ${at})`,
  "mails sent_at": (at) => database.sql`
    insert into mails (kind, locale, state, created_at, sent_at)
    values ('sign-in', 'en', 'sent', ${daysAgo(400)}, ${at})`,
  reminders: (at) => database.sql`
    insert into reminders (subject, threshold, sent_on) values ('x', 7, ${at})`,
};

const cases = retention.map(({ table, since, days }) => ({
  table,
  days,
  insert: rows[`${table} ${since}`] ?? rows[table],
}));
const left = async (table: string) =>
  (await database.sql`select from ${database.sql(table)}`).length;

test.each(cases)("$table: kept for $days days and gone after", async ({ table, days, insert }) => {
  if (!insert) throw new Error(`no row is known for ${table}`);
  await insert(daysAgo(days - 1.5));
  await purgeOldMails(now, database.db);
  // A clock that is a day ahead changes nothing yet.
  await purgeOldMails(dateAgo(-1), database.db);
  expect(await left(table)).toBe(1);
  await purgeOldMails(dateAgo(-3), database.db);
  expect(await left(table)).toBe(0);
  const events = await database.sql`select verb, actor_id, details from audit_events`;
  expect([...events]).toEqual([{ verb: "mail.purge", actor_id: null, details: { [table]: 1 } }]);
});

test("a clock a day ahead destroys nothing more than a day early", async () => {
  for (const { insert, days } of cases) await insert?.(daysAgo(days - 1.5)).then(() => undefined);
  const before = await Promise.all(cases.map(({ table }) => left(table)));
  await purgeOldMails(dateAgo(0), database.db);
  expect(await Promise.all(cases.map(({ table }) => left(table)))).toEqual(before);
});

test("a mail that waits is never purged", async () => {
  await database.sql`
    insert into mails (kind, locale, sealed_body, created_at, useless_after)
    values ('sign-in', 'en', 'x', ${daysAgo(900)}, ${daysAgo(800)})`;
  await purgeOldMails(now, database.db);
  expect(await left("mails")).toBe(1);
});
