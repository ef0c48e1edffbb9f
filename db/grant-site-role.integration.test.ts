import { beforeEach, expect, test } from "vitest";
import { appendEvent } from "#lib/audit/append-event.ts";
import { isChainGuarded } from "#lib/audit/read-guard.ts";
import { verifyChain } from "#lib/audit/verify-chain.ts";
import { siteRole } from "../tests/support/site-role.ts";
import { testDatabase } from "../tests/support/test-database.ts";
import { migrateDatabase } from "./migrate.ts";

const owner = testDatabase();
const site = siteRole(owner);
const event = { actorId: "someone", verb: "test.done", subject: { kind: "test", id: "1" } };

beforeEach(async () => {
  await appendEvent(event, owner.db);
});

const refused = [
  "update audit_events set verb = 'other.verb'",
  "update audit_events set details = '{}' where false",
  "delete from audit_events",
  "truncate audit_events",
  "truncate audit_events cascade",
  "alter table audit_events disable trigger audit_events_chained",
  "alter table audit_events disable trigger all",
  "alter table audit_events add column more text",
  "alter table audit_events rename to other_events",
  "alter table audit_events drop constraint audit_events_one_line",
  "alter table audit_events owner to current_user",
  "drop table audit_events",
  "drop trigger audit_events_chained on audit_events",
  "create trigger mine before insert on audit_events for each row execute function chain_new_audit_event()",
  "create rule mine as on insert to audit_events do instead nothing",
  "select * from audit_events for update",
  "insert into audit_events (id, verb, subject_kind, subject_id) values (1000, 'a.b', 'c', 'd')",
  "insert into audit_events (at, verb, subject_kind, subject_id) values ('2020-01-01', 'a.b', 'c', 'd')",
  "insert into audit_events (verb, subject_kind, subject_id) values ('a.b', 'c', 'd') on conflict (id) do update set verb = 'x'",
  "select setval('audit_events_id_seq', 1)",
  "alter sequence audit_events_id_seq restart",
  "insert into audit_chain (seq, event_id, before, hash) values (1000, 1000, '', '')",
  "update audit_chain set hash = ''",
  "delete from audit_chain",
  "truncate audit_chain",
  "alter table audit_chain disable trigger all",
  "alter table audit_chain drop column before",
  "drop table audit_chain",
  "select chain_audit_event(e) from audit_events e",
  "create or replace function chain_audit_event(event audit_events) returns void language sql as 'select'",
  "drop function chain_audit_event(audit_events)",
  "create function concat_ws(text, text, bigint) returns text language sql as 'select null::text'",
  "create table mine (n int)",
  "set session_replication_role = replica",
  "alter table therapists add column more text",
  "drop table therapists",
  "truncate people cascade",
  "drop schema graphile_worker cascade",
  "alter table graphile_worker._private_jobs disable row level security",
  "reset role; set role parasol",
];

test.each(refused)("the site's role may not: %s", async (statement) => {
  const before = await everything();
  await expect(site.sql.unsafe(statement)).rejects.toMatchObject({ code: "42501" });
  expect(await everything()).toEqual(before);
});

const everything = () => owner.sql`
  select e.*, c.* from audit_events e full join audit_chain c on c.event_id = e.id order by e.id`;

test("the site's role adds events, and they are chained with the owner's", async () => {
  const before = await owner.sql`select from audit_chain`;
  await site.db.transaction(async (tx) => {
    await appendEvent(event, tx);
    await appendEvent({ ...event, actorId: null, details: { fields: ["a\n", "ü"] } }, tx);
  });
  expect(await verifyChain({}, site.db)).toMatchObject({ fault: null, rows: before.length + 2 });
});

test("no table that a session makes can stand in for the chain", async () => {
  await site.sql.begin(async (tx) => {
    await tx`create temp table audit_chain (like public.audit_chain) on commit drop`;
    await tx`insert into public.audit_events (verb, subject_kind, subject_id)
      values ('test.done', 'test', '1')`;
  });
  expect(await verifyChain({}, owner.db)).toMatchObject({ fault: null });
});

test("who could rewrite the chain is told apart from who could not", async () => {
  expect(await isChainGuarded(site.db)).toBe(true);
  expect(await isChainGuarded(owner.db)).toBe(false);
  for (const right of ["update", "truncate", "trigger"]) {
    await owner.sql.unsafe(`grant ${right} on audit_events to ${site.role}`);
    expect(await isChainGuarded(site.db), right).toBe(false);
    await migrateDatabase(owner.url, site.url);
    expect(await isChainGuarded(site.db), right).toBe(true);
  }
  await owner.sql.unsafe(`grant insert (hash) on audit_chain to ${site.role}`);
  expect(await isChainGuarded(site.db)).toBe(false);
  await migrateDatabase(owner.url, site.url);
  expect(await isChainGuarded(site.db)).toBe(true);
});

test("a table that came with a migration is the site's to use after it", async () => {
  await owner.sql`create table later (id bigserial primary key, word text)`;
  await expect(site.sql`insert into later (word) values ('x')`).rejects.toThrow("permission");
  await migrateDatabase(owner.url, site.url);
  await site.sql`insert into later (word) values ('x')`;
  await site.sql`delete from later`;
});
