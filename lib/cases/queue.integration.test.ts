import { drizzle } from "drizzle-orm/postgres-js";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { schema } from "#db/schema/all.ts";
import { type Role, roles } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { makePerson } from "../../tests/support/people.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { listColleagues, listQueue, queuePage } from "./queries.ts";
import { riskRank } from "./rules.ts";
import { type QueueFilters, queueFilters } from "./schema.ts";

const database = testDatabase();
const now = new Date("2026-11-20T12:00:00Z");
const ask = (filters: Partial<QueueFilters> = {}) => ({ ...queueFilters.parse({}), ...filters });
const queue = (actor: Actor, filters: Partial<QueueFilters> = {}) =>
  listQueue(actor, ask(filters), now, database.db);
const ids = async (actor: Actor, filters: Partial<QueueFilters> = {}) =>
  (await queue(actor, filters)).rows.map(({ id }) => id);

beforeAll(() => loadReference(database.db));
beforeEach(() => database.sql`truncate people cascade`);

let made = 0;

type Made = {
  id: string;
  kind?: string;
  /** Days before now. */
  opened?: number;
  stopped?: number;
  urgent?: boolean;
  dueOn?: string;
  claimedBy?: string;
  claimedUntil?: string;
  track?: string;
  language?: string;
  jurisdiction?: string;
  owner?: Actor;
  closed?: boolean;
};

/** A therapist with a revision, a licence, one look and one case. @returns the therapist's id */
async function makeCase(given: Made): Promise<string> {
  const { sql, db } = database;
  const { id, kind = "submission", opened = 1, track = "right-to-practise" } = given;
  made += 1;
  const owner = given.owner ?? (await makePerson(db));
  const therapist = `t-${id}`;
  await sql`insert into therapists (id, person_id, slug, confirmed_on)
    values (${therapist}, ${owner.personId}, ${`s-${made}`}, '2026-11-01')`;
  await sql`insert into profile_revisions (id, therapist_id, number, display_name, text_locale)
    values (${`r1-${id}`}, ${therapist}, 1, 'Old name', 'en')`;
  await sql`update profile_revisions set state = 'withdrawn' where id = ${`r1-${id}`}`;
  await sql`insert into profile_revisions (id, therapist_id, number, display_name, text_locale)
    values (${`r2-${id}`}, ${therapist}, 2, ${`Name ${id}`}, ${given.language ?? "en"})`;
  await sql`insert into credentials (id, therapist_id, type_id, jurisdiction, letters, number)
    values (${`c-${id}`}, ${therapist}, 'us-lmft', ${given.jurisdiction ?? "US-NV"}, 'LMFT', ${id})`;
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
  const openedAt = daysAgo(opened);
  const stoppedAt = given.stopped === undefined ? null : daysAgo(given.stopped);
  await sql`insert into cases (id, therapist_id, kind, opened_at, stopped_at, urgent, due_on,
      claimed_by, claimed_until, closed_at, outcome)
    values (${id}, ${therapist}, ${kind}, ${openedAt}, ${stoppedAt}, ${given.urgent ?? false},
      ${given.dueOn ?? null}, ${given.claimedBy ?? null},
      ${given.claimedBy ? (given.claimedUntil ?? "2026-11-20T13:00:00Z") : null},
      ${given.closed ? daysAgo(0) : null}, ${given.closed ? "no-change" : null})`;
  await sql`insert into checks (id, therapist_id, track, claim_type, claim, source_type, method,
      state, case_id)
    values (${`k-${id}`}, ${therapist}, ${track}, 'identity', '{}', 'self', 'manual', 'attested', ${id})`;
  return therapist;
}

async function propose(caseId: string, by: Actor, checkId: string | null): Promise<void> {
  await database.sql`insert into decisions (id, therapist_id, case_id, subject, check_id, action,
      reason, people, state, proposed_by)
    values (${`d-${caseId}`}, ${`t-${caseId}`}, ${caseId}, ${checkId ? "check" : "listing"}, ${checkId},
      ${checkId ? "verify" : "suspend"}, 'Because.', 2, 'proposed', ${by.personId})`;
}

test("what the public can see today comes first, then what is due or has waited longest", async () => {
  const mo = await makePerson(database.db, { roles: ["moderator"] });
  await makeCase({ id: "new-old", opened: 20 });
  await makeCase({ id: "new-stopped", opened: 25, stopped: 24 });
  await makeCase({ id: "appeal", kind: "appeal", opened: 29 });
  await makeCase({ id: "recheck", kind: "recheck" });
  await makeCase({ id: "discipline", kind: "discipline" });
  await makeCase({ id: "complaint", kind: "complaint" });
  await makeCase({ id: "lapses-late", kind: "expiring", opened: 9, dueOn: "2026-12-20" });
  await makeCase({ id: "lapses-soon", kind: "expiring", dueOn: "2026-11-22" });
  await makeCase({ id: "urgent", kind: "complaint", urgent: true });
  await makeCase({ id: "closed", kind: "complaint", closed: true });
  const { rows, counts } = await queue(mo);
  expect(rows.map(({ id }) => id)).toEqual([
    "urgent",
    "lapses-soon",
    "lapses-late",
    "complaint",
    "discipline",
    "recheck",
    "new-old",
    "new-stopped",
    "appeal",
  ]);
  const ranks = rows.map(({ kind, urgent }) => riskRank(kind, urgent));
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  expect(counts).toContainEqual({ kind: "complaint", urgent: true, count: 1 });
  expect(counts).toContainEqual({ kind: "complaint", urgent: false, count: 1 });
  expect(counts).toContainEqual({ kind: "submission", urgent: false, count: 2 });
});

test("each filter, and a row with all that the queue says", async () => {
  const mo = await makePerson(database.db, { roles: ["moderator"] });
  const mia = await makePerson(database.db, { roles: ["moderator"] });
  await makeCase({ id: "a", claimedBy: mo.personId, track: "safety", opened: 10 });
  await makeCase({ id: "b", claimedBy: mia.personId, language: "es", kind: "complaint" });
  await makeCase({
    id: "c",
    claimedBy: mia.personId,
    claimedUntil: "2026-11-20T11:59:59Z",
    jurisdiction: "US-CA",
    stopped: 1,
    opened: 2,
  });
  const table: [Partial<QueueFilters>, string[]][] = [
    [{ kind: "complaint" }, ["b"]],
    [{ track: "safety" }, ["a"]],
    [{ language: "es" }, ["b"]],
    [{ jurisdiction: "US-CA" }, ["c"]],
    [{ whose: "mine" }, ["a"]],
    [{ whose: "unclaimed" }, ["c"]],
    [{ waiting: "therapist" }, ["c"]],
    [{ waiting: "us" }, ["b", "a"]],
    [{ olderThan: 7 }, ["a"]],
    [{ olderThan: 7, whose: "unclaimed" }, []],
    [{ page: 2 }, []],
  ];
  for (const [filters, expected] of table) {
    expect(await ids(mo, filters), JSON.stringify(filters)).toEqual(expected);
  }
  const { rows } = await queue(mo);
  expect(rows.find(({ id }) => id === "a")).toMatchObject({
    name: "Name a",
    jurisdictions: ["US-NV"],
    looks: { safety: 1 },
    claimer: { personId: mo.personId },
    wantsSecond: false,
  });
  expect(rows.find(({ id }) => id === "c")?.claimer).toBeNull();
});

describe.each(roles)("a %s", (role: Role) => {
  const works = role === "moderator" || role === "lead" || role === "lived-experience-reviewer";

  test("sees what their role looks at, not their own, and none with a conflict", async () => {
    const actor = await makePerson(database.db, { roles: [role, "therapist"] });
    await makeCase({ id: "licence" });
    await makeCase({ id: "affirming", track: "affirming-practice" });
    await makeCase({ id: "own", track: "affirming-practice", owner: actor });
    const known = await makeCase({ id: "known", track: "affirming-practice" });
    await database.sql`insert into conflicts_of_interest (person_id, therapist_id)
      values (${actor.personId}, ${known})`;
    if (!works) {
      await expect(queue(actor)).rejects.toMatchObject({ name: "NotFoundError" });
      return;
    }
    const all = role !== "lived-experience-reviewer";
    expect((await ids(actor)).toSorted()).toEqual(all ? ["affirming", "licence"] : ["affirming"]);
    const { counts } = await queue(actor);
    expect(counts).toEqual([{ kind: "submission", urgent: false, count: all ? 2 : 1 }]);
  });

  test("is told where a second person is wanted, never about their own proposal", async () => {
    if (!works) return;
    const actor = await makePerson(database.db, { roles: [role] });
    const first = await makePerson(database.db, { roles: ["moderator"] });
    for (const id of ["check", "listing", "own"]) {
      await makeCase({ id, track: "affirming-practice" });
    }
    await propose("check", first, "k-check");
    await propose("listing", first, null);
    await propose("own", actor, "k-own");
    const wanted = (await queue(actor)).rows.filter(({ wantsSecond }) => wantsSecond);
    expect(wanted.map(({ id }) => id).toSorted()).toEqual(
      role === "lived-experience-reviewer" ? ["check"] : ["check", "listing"],
    );
  });
});

test("a case can be handed to those who may see it, and to nobody else", async () => {
  const mo = await makePerson(database.db, { roles: ["moderator"] });
  const lee = await makePerson(database.db, { roles: ["lead"] });
  const known = await makePerson(database.db, { roles: ["moderator"] });
  const owner = await makePerson(database.db, { roles: ["therapist", "moderator"] });
  await makePerson(database.db, { roles: ["auditor"] });
  const therapist = await makeCase({ id: "x", owner });
  await database.sql`insert into conflicts_of_interest (person_id, therapist_id)
    values (${known.personId}, ${therapist})`;
  const found = await listColleagues(mo, therapist, database.db);
  expect(found.map(({ personId }) => personId)).toEqual([lee.personId]);
});

test("a thousand open cases of two thousand therapists: two statements, one page at a time", async () => {
  const { sql } = database;
  const mo = await makePerson(database.db, { roles: ["moderator"] });
  await sql`insert into people (id, email) select 'p' || n, 'p' || n || '@provider.net'
    from generate_series(1, 2000) n`;
  await sql`insert into therapists (id, person_id, slug, confirmed_on)
    select 't' || n, 'p' || n, 's' || n, '2026-11-01' from generate_series(1, 2000) n`;
  await sql`insert into profile_revisions (therapist_id, number, state, display_name)
    select 't' || n, k, 'withdrawn', 'Name ' || n
    from generate_series(1, 2000) n, generate_series(1, 3) k`;
  await sql`insert into credentials (therapist_id, type_id, jurisdiction, letters, number)
    select 't' || n, 'us-lmft', 'US-NV', 'LMFT', n::text
    from generate_series(1, 2000) n, generate_series(1, 2)`;
  await sql`insert into cases (id, therapist_id, kind, opened_at)
    select 'c' || n, 't' || n, (array['expiring', 'complaint', 'recheck', 'submission'])[1 + n % 4],
      now() - n * interval '1 hour' from generate_series(1, 1000) n`;
  await sql`insert into checks (therapist_id, case_id, track, claim_type, claim, source_type, method,
      state)
    select 't' || n, case when n <= 1000 then 'c' || n end,
      (array['identity', 'right-to-practise', 'safety', 'affirming-practice'])[1 + k % 4],
      'identity', '{}', 'self', 'manual', 'attested'
    from generate_series(1, 2000) n, generate_series(1, 6) k`;
  await sql`analyze`;
  let statements = 0;
  const db = drizzle(sql, {
    schema,
    casing: "snake_case",
    logger: {
      logQuery: () => {
        statements += 1;
      },
    },
  });
  const found = await listQueue(mo, ask(), now, db);
  expect(statements).toBe(2);
  expect(found.rows).toHaveLength(queuePage);
  expect(found.counts.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
  const last = await listQueue(mo, ask({ page: 20 }), now, db);
  expect(last.rows).toHaveLength(queuePage);
  const filtered = ask({ track: "safety", language: "en", jurisdiction: "US-NV", olderThan: 1 });
  const median = async (work: () => PromiseLike<unknown>) => {
    const times: number[] = [];
    for (let round = 0; round < 21; round += 1) {
      const from = performance.now();
      await work();
      times.push(performance.now() - from);
    }
    return (times.toSorted((a, b) => a - b)[10] ?? 0).toFixed(1);
  };
  console.info(
    `queue of 1,000: ${await median(() => listQueue(mo, ask(), now, db))} ms, ` +
      `with four filters ${await median(() => listQueue(mo, filtered, now, db))} ms, ` +
      `bare count ${await median(() => sql`select count(*) from cases where closed_at is null`)} ms`,
  );
});
