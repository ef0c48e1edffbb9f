import { randomBytes, randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { roles } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { claimCase } from "#lib/cases/claim-case.ts";
import { seedDemo } from "#lib/demo/seed-demo.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { outcome } from "../../tests/support/outcome.ts";
import { makePerson } from "../../tests/support/people.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { forgetOldReports } from "./forget-old-reports.ts";
import { listReports } from "./queries.ts";
import { receiveReport } from "./receive-report.ts";
import { settleReport } from "./settle-report.ts";

const database = testDatabase();
const today = todayUtc();
let listing = { id: "", slug: "", owner: "" };

beforeAll(async () => {
  vi.stubEnv("MASTER_KEY", randomBytes(32).toString("base64"));
  await loadReference(database.db);
  await seedDemo(database.db, { therapists: 0, today });
  const [row] = await database.sql<(typeof listing)[]>`
    select t.id, t.slug, p.id as owner from therapists t join people p on p.id = t.person_id
    where p.persona = 'lia-listed'`;
  if (row) listing = row;
  return () => vi.unstubAllEnvs();
});
beforeEach(async () => {
  await database.sql`delete from reports`;
  await database.sql`delete from cases`;
  await database.sql`delete from conflicts_of_interest`;
  await database.sql`delete from legal_holds`;
});

/** One report in an open case. */
async function aReport(words: string | null = "what was said", day = today) {
  await receiveReport(
    { slug: listing.slug, kind: "harm", words, nonce: randomUUID() },
    day,
    database.db,
  );
  const [row] = await database.sql<{ id: string; caseId: string }[]>`
    select id, case_id as "caseId" from reports order by received_on desc limit 1`;
  return row ?? { id: "", caseId: "" };
}

const upheld = async () =>
  (await database.sql<{ upheld: boolean | null }[]>`select upheld from reports`).map(
    (row) => row.upheld,
  );
const settled = () =>
  database.sql`select actor_id, verb, subject_kind, subject_id, details from audit_events
    where verb in ('report.uphold', 'report.dismiss') and subject_id in (select id from reports)
    order by id`;

const claims = {
  "claimed it": () => database.sql`select`,
  "never claimed it": () => database.sql`update cases set claimed_by = null, claimed_until = null`,
  "let the claim lapse": () =>
    database.sql`update cases set claimed_until = now() - interval '1 second'`,
  "saw someone else claim it": (other: Actor) =>
    database.sql`update cases set claimed_by = ${other.personId}`,
  "closed it": () => database.sql`update cases set closed_at = now(), outcome = 'no-change'`,
  "declared a conflict": (_: Actor, { personId }: Actor) =>
    database.sql`insert into conflicts_of_interest (person_id, therapist_id)
      values (${personId}, ${listing.id})`,
};
type Claim = keyof typeof claims;

const table = roles.flatMap((role) =>
  (Object.keys(claims) as Claim[]).map((claim) => ({ role, claim })),
);

describe.each(table)("a $role who $claim", ({ role, claim }) => {
  const may = role === "moderator" || role === "lead";
  const seen = may && claim !== "declared a conflict";
  const mine = claim === "claimed it";

  test("reads and settles what the table says", async () => {
    const { id, caseId } = await aReport();
    const actor = await makePerson(database.db, { roles: [role] });
    const other = await makePerson(database.db, { roles: ["moderator"] });
    await database.sql`update cases set claimed_by = ${actor.personId},
      claimed_until = now() + interval '1 hour'`;
    await claims[claim](other, actor);

    const refused = seen ? "not-claimed" : "not found";
    expect(await outcome(listReports(actor, caseId, database.db))).toBe(
      may && mine ? "done" : refused,
    );
    const settling = settleReport(actor, { reportId: id, upheld: true }, database.db);
    const late = seen && claim === "closed it";
    expect(await outcome(settling)).toBe(may && mine ? "done" : late ? "already-decided" : refused);
    expect(await upheld()).toEqual([may && mine ? true : null]);
    expect(await settled()).toHaveLength(may && mine ? 1 : 0);
  });
});

test("nobody works on reports about themselves", async () => {
  const { id, caseId } = await aReport();
  const owner: Actor = { personId: listing.owner, roles: ["therapist", "moderator"] };
  await database.sql`update cases set claimed_by = ${listing.owner},
    claimed_until = now() + interval '1 hour'`;
  expect(await outcome(listReports(owner, caseId, database.db))).toBe("not found");
  expect(await outcome(settleReport(owner, { reportId: id, upheld: false }, database.db))).toBe(
    "not found",
  );
  expect(await upheld()).toEqual([null]);
});

describe("whoever has the case", () => {
  const claim = async (caseId: string) => {
    const actor = await makePerson(database.db, { roles: ["moderator"] });
    await claimCase(actor, caseId, database.db);
    return actor;
  };

  test("reads kind, day, words and outcome: harm first, then the newest", async () => {
    const { caseId } = await aReport("old harm", addDays(today, -1));
    await aReport("new harm");
    await receiveReport(
      { slug: listing.slug, kind: "not-accepting", words: null, nonce: randomUUID() },
      today,
      database.db,
    );
    const list = await listReports(await claim(caseId), caseId, database.db);
    expect(list.map(({ id: _, ...report }) => report)).toEqual([
      { kind: "harm", receivedOn: today, words: "new harm", upheld: null, answerable: false },
      {
        kind: "harm",
        receivedOn: addDays(today, -1),
        words: "old harm",
        upheld: null,
        answerable: false,
      },
      { kind: "not-accepting", receivedOn: today, words: null, upheld: null, answerable: false },
    ]);
  });

  test("can change their mind, and every change is on record once", async () => {
    const { id, caseId } = await aReport();
    const actor = await claim(caseId);
    for (const says of [true, true, false]) {
      await settleReport(actor, { reportId: id, upheld: says }, database.db);
    }
    expect(await upheld()).toEqual([false]);
    const by = { actor_id: actor.personId, subject_kind: "report", subject_id: id };
    expect(await settled()).toEqual([
      { ...by, verb: "report.uphold", details: { kind: "harm", outcome: "upheld" } },
      { ...by, verb: "report.dismiss", details: { kind: "harm", outcome: "dismissed" } },
    ]);
  });

  test("pressed at once in many tabs, it is on record once", async () => {
    const { id, caseId } = await aReport();
    const actor = await claim(caseId);
    const press = () => settleReport(actor, { reportId: id, upheld: true }, database.db);
    await Promise.all(Array.from({ length: 10 }, press));
    expect(await settled()).toHaveLength(1);
  });

  test.each(["", "no-such-report", "'; drop table reports; --", "🌂"])(
    "finds no %j",
    async (made) => {
      const { caseId } = await aReport();
      const actor = await claim(caseId);
      const settling = settleReport(actor, { reportId: made, upheld: true }, database.db);
      expect(await outcome(settling)).toBe("not found");
      expect(await outcome(listReports(actor, made, database.db))).toBe("not found");
    },
  );
});

describe("after 90 days", () => {
  const now = new Date("2027-06-01T12:00:00Z");
  const daysAgo = (days: number, seconds = 0) =>
    new Date(now.getTime() - days * 86_400_000 - seconds * 1000).toISOString();
  const words = async () =>
    (
      await database.sql<{ sealedWords: string | null }[]>`
      select sealed_words as "sealedWords" from reports`
    ).map((row) => row.sealedWords !== null);
  const forgotten = () => database.sql`
    select details from audit_events where verb = 'report.forget' and subject_id = '2027-06-01'
    order by id`;

  test.each<[string, string | null, boolean, boolean]>([
    ["an open case", null, false, true],
    ["a case of 90 days ago", daysAgo(90), false, true],
    ["a case of a second more", daysAgo(90, 1), false, false],
    ["a case of a year ago, held by a lead", daysAgo(365), true, true],
  ])("%s", async (_name, closedAt, held, kept) => {
    const earlier = (await forgotten()).length;
    await aReport();
    await database.sql`update cases set closed_at = ${closedAt}::timestamptz,
      outcome = ${closedAt ? "no-change" : null}`;
    if (held) {
      await database.sql`insert into legal_holds (therapist_id, sealed_reason, set_by)
        values (${listing.id}, 'sealed', 'a-lead')`;
    }
    for (const _ of ["once", "and again"]) await forgetOldReports(now, database.db);
    expect(await words()).toEqual([kept]);
    expect((await forgotten()).slice(earlier)).toEqual(kept ? [] : [{ details: { reports: 1 } }]);
  });
});
