import { randomBytes } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { roles } from "#db/vocabulary.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { outcome } from "../../tests/support/outcome.ts";
import { makePerson } from "../../tests/support/people.ts";
import { claimFor, makeOpenCase, makeTherapist } from "../../tests/support/register-cases.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { registerKeepers, registerReaders } from "./access.ts";
import { askReading } from "./ask-reading.ts";
import { enqueueDueReadings } from "./enqueue-due-readings.ts";
import { listFindings, listSources } from "./queries.ts";
import { sealFacts } from "./seal-facts.ts";
import { settleFinding } from "./settle-finding.ts";

const database = testDatabase();

beforeAll(async () => {
  await loadReference(database.db);
  vi.stubEnv("MASTER_KEY", randomBytes(32).toString("base64"));
  vi.stubEnv("REGISTER_LOOKUPS", "1");
  return () => vi.unstubAllEnvs();
});
beforeEach(async () => {
  vi.stubEnv("REGISTER_LOOKUPS", "1");
  await database.sql`delete from people`;
  await database.sql`delete from register_sources`;
  await database.sql`delete from audit_events`;
  await database.sql`delete from graphile_worker._private_jobs`;
});

const jobs = () =>
  database.sql`select key, payload from graphile_worker._private_jobs order by key`;

async function aFinding() {
  const told = await makeTherapist(database.db);
  const { caseId, licenceId } = await makeOpenCase(database.db, told);
  await database.sql`insert into register_sources (id) values ('leie'), ('csv:gone')
    on conflict do nothing`;
  const facts = sealFacts(told.therapistId, {
    exclusionDate: "2024-01-18",
    name: "NIGHTINGALE, QUILL",
  });
  const [finding] = await database.sql`insert into register_findings
      (therapist_id, source_id, check_id, strength, facts, facts_hash)
      values (${told.therapistId}, 'leie', ${licenceId}, 'name', ${JSON.stringify(facts)}::text::jsonb, 'x')
      returning id`;
  return { ...told, caseId, licenceId, findingId: String(finding?.id) };
}

const situations = ["claimed", "lapsed", "someone else's", "nobody's", "own", "conflict", "closed"];
const table = roles.flatMap((role) => situations.map((situation) => ({ role, situation })));

describe.each(table)("a $role and a case that is $situation", ({ role, situation }) => {
  const keeps = (registerKeepers as readonly string[]).includes(role);

  test("sees and settles what registers say", async () => {
    const { caseId, findingId, owner, therapistId } = await aFinding();
    const actor =
      situation === "own"
        ? { personId: owner.personId, roles: [role] }
        : await makePerson(database.db, { roles: [role] });
    if (situation === "lapsed") await claimFor(database.db, actor, caseId, -1);
    else if (situation === "someone else's") {
      await claimFor(database.db, await makePerson(database.db, { roles: ["lead"] }), caseId);
    } else if (situation !== "nobody's") await claimFor(database.db, actor, caseId);
    if (situation === "conflict") {
      await database.sql`insert into conflicts_of_interest (person_id, therapist_id)
        values (${actor.personId}, ${therapistId})`;
    }
    if (situation === "closed") {
      await database.sql`update cases set closed_at = now(), outcome = 'no-change'`;
    }
    await database.sql`delete from audit_events`;
    const works = keeps && situation === "claimed";
    const refusal =
      !keeps || situation === "own" || situation === "conflict"
        ? "not found"
        : situation === "closed"
          ? "already-decided"
          : "not-claimed";
    const shown = await listFindings(actor, caseId, database.db);
    expect(shown.map(({ id }) => id)).toEqual(works ? [findingId] : []);
    const settled = settleFinding(actor, { findingId, use: true }, database.db);
    expect(await outcome(settled)).toBe(works ? "done" : refusal);
    const events = await database.sql`select actor_id, verb, subject_id from audit_events`;
    expect(events).toEqual(
      works ? [{ actor_id: actor.personId, verb: "register.use", subject_id: findingId }] : [],
    );
    const states = await database.sql`select distinct state from checks`;
    expect(states).toEqual([{ state: "attested" }]);
  });
});

test("facts are opened for them alone, in the order in which they are read", async () => {
  const { caseId } = await aFinding();
  const actor = await makePerson(database.db, { roles: ["moderator"] });
  await claimFor(database.db, actor, caseId);
  const [finding] = await listFindings(actor, caseId, database.db);
  expect(finding?.facts).toEqual([
    { name: "name", value: "NIGHTINGALE, QUILL" },
    { name: "exclusionDate", value: "2024-01-18" },
  ]);
});

test("a finding is settled once, by whoever is first", async () => {
  const { caseId, findingId } = await aFinding();
  const actor = await makePerson(database.db, { roles: ["moderator"] });
  await claimFor(database.db, actor, caseId);
  const both = await Promise.all(
    [true, false].map((use) => outcome(settleFinding(actor, { findingId, use }, database.db))),
  );
  expect(both.sort()).toEqual(["changed-elsewhere", "done"]);
  const missing = settleFinding(actor, { findingId: "no-such-finding", use: true }, database.db);
  expect(await outcome(missing)).toBe("not found");
});

describe.each(roles)("a %s and the registers", (role) => {
  const reads = (registerReaders as readonly string[]).includes(role);
  const keeps = (registerKeepers as readonly string[]).includes(role);

  test("sees how they are doing", async () => {
    const actor = await makePerson(database.db, { roles: [role] });
    await database.sql`insert into register_sources (id, last_error, rows, source_as_of)
      values ('leie', 'shrunk 80000 60000', 80000, '2026-11-10')`;
    const list = listSources(actor, database.db);
    if (!reads) return expect(await outcome(list)).toBe("not found");
    expect((await list).sources).toMatchObject([
      { id: "nppes", mayRead: false, lastGoodAt: null, fault: null },
      {
        id: "leie",
        mayRead: keeps,
        fault: { fault: "shrunk", detail: "80000 60000" },
        rows: 80000,
        sourceAsOf: "2026-11-10",
      },
    ]);
  });

  test("has one read", async () => {
    const actor = await makePerson(database.db, { roles: [role] });
    const asked = askReading(actor, "leie", database.db);
    expect(await outcome(asked)).toBe(keeps ? "done" : "not found");
    expect(await jobs()).toEqual(
      keeps ? [{ key: "registers.read:leie", payload: { sourceId: "leie" } }] : [],
    );
    expect(await database.sql`select verb, subject_id from audit_events`).toEqual(
      keeps ? [{ verb: "register.ask", subject_id: "leie" }] : [],
    );
  });
});

test.each([
  ["nppes", "1"],
  ["csv:made-up", "1"],
  ["", "1"],
  ["leie", "0"],
])("%j cannot be read with look-ups at %s", async (id, on) => {
  vi.stubEnv("REGISTER_LOOKUPS", on);
  const actor = await makePerson(database.db, { roles: ["lead"] });
  expect(await outcome(askReading(actor, id, database.db))).toBe("not found");
  expect(await jobs()).toEqual([]);
});

test("settings that cannot be used are told, and the other registers stay", async () => {
  vi.stubEnv("REGISTERS", "/nowhere/registers.json");
  const actor = await makePerson(database.db, { roles: ["auditor"] });
  const { problem, sources } = await listSources(actor, database.db);
  vi.stubEnv("REGISTERS", undefined);
  expect(problem).toMatch(/registers\.json/);
  expect(sources.map(({ id }) => id)).toEqual(["nppes", "leie"]);
});

test.each([
  [null, true],
  [6.9, false],
  [7, true],
  [400, true],
])("a file read %s days ago is due: %s", async (days, due) => {
  const now = new Date("2026-11-23T05:07:00Z");
  const last = days === null ? null : new Date(now.getTime() - days * 86_400_000).toISOString();
  await database.sql`insert into register_sources (id, last_good_at) values ('leie', ${last})`;
  await enqueueDueReadings(now, database.db);
  await enqueueDueReadings(now, database.db);
  expect((await jobs()).map(({ key }) => key)).toEqual(due ? ["registers.read:leie"] : []);
});
