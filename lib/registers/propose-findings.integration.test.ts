import { randomBytes } from "node:crypto";
import { Logger, runOnce } from "graphile-worker";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { enqueueRegisterLook } from "#lib/jobs/enqueue.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { registerTasks } from "#lib/worker/register-tasks.ts";
import { makeOpenCase, makeTherapist } from "../../tests/support/register-cases.ts";
import {
  csv,
  fails,
  type LeieRow,
  leieCsv,
  nppesAnswer,
  nppesPerson,
  type Reply,
  registerServer,
  says,
  saysJson,
} from "../../tests/support/register-servers.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import type { Connector } from "./connector.ts";
import { leie } from "./leie.ts";
import { matchExclusions } from "./match-exclusions.ts";
import { nppes } from "./nppes.ts";
import { proposeFor } from "./propose-findings.ts";
import { readRegister } from "./read-register.ts";
import { roster } from "./roster.ts";
import { type Facts, registersFile } from "./schema.ts";
import { openFacts, sealFacts } from "./seal-facts.ts";

const database = testDatabase();
const noWait = async () => {};
const npi = "1234567893";
const today = "2026-11-23";

beforeAll(async () => {
  await loadReference(database.db);
  vi.stubEnv("MASTER_KEY", randomBytes(32).toString("base64"));
  return () => vi.unstubAllEnvs();
});
beforeEach(async () => {
  await database.sql`delete from people where 'therapist' = any(roles)`;
  await database.sql`delete from register_sources`;
  await database.sql`delete from audit_events`;
  await database.sql`delete from graphile_worker._private_jobs`;
});

/** As they are stored, but for their facts, which are opened. */
async function findings() {
  const rows = await database.sql`select therapist_id as therapist, source_id as source,
    check_id as check, strength, facts, state, source_as_of as "asOf" from register_findings`;
  return rows
    .map((row) => ({ ...row, facts: openFacts(row.therapist, row.facts) }) as Finding)
    .toSorted((a, b) => orderOf(a).localeCompare(orderOf(b)));
}
type Finding = { source: string; check: string; strength: string; state: string; facts: Facts };
const orderOf = ({ source, strength, facts }: Finding) => [source, strength, facts.number].join();
const states = async () =>
  (await database.sql`select distinct state from checks`).map(({ state }) => state);
const source = async (id: string) =>
  (await database.sql`select * from register_sources where id = ${id}`)[0];
const openCases = () =>
  database.sql`select id, kind, therapist_id as therapist from cases where closed_at is null`;

async function ofNppes(...replies: Reply[]): Promise<Connector> {
  return nppes((await registerServer(...replies)).url, noWait);
}

async function readLeie(rows: readonly LeieRow[]): Promise<void> {
  const filler = Array.from({ length: 20 }, (_, place) => ({
    LASTNAME: `FILLER${"X".repeat(place)}`,
    FIRSTNAME: "ANY",
  }));
  const { url } = await registerServer(says(leieCsv([...filler, ...rows])));
  await readRegister(leie(url, noWait), today, database.db);
}
const excluded: LeieRow = { LASTNAME: "NIGHTINGALE", FIRSTNAME: "QUILL", NPI: npi };

describe("NPPES", () => {
  const known = nppesAnswer(
    nppesPerson(npi, ["QUILL", "NIGHTINGALE"], [{ license: "1234", state: "NV" }]),
  );

  test("proposes to the looks that it is about, and changes no look", async () => {
    const { caseId, identityId, licenceId } = await makeOpenCase(
      database.db,
      await makeTherapist(database.db),
    );
    await proposeFor(caseId, database.db, [await ofNppes(saysJson(known))]);
    expect((await findings()).map(({ check, strength }) => [check, strength]).sort()).toEqual(
      [
        [identityId, "number"],
        [licenceId, "number"],
      ].sort(),
    );
    expect(await states()).toEqual(["attested"]);
    expect(await source("nppes")).toMatchObject({ last_error: null });
    const events = await database.sql`
      select actor_id, details from audit_events where verb = 'register.propose'`;
    expect(events).toHaveLength(2);
    expect(events[0]).toEqual({
      actor_id: null,
      details: { source: "nppes", strength: "number" },
    });
    expect(JSON.stringify(await findings())).not.toContain("CANARY");
    const stored = await database.sql`select * from register_findings`;
    expect(JSON.stringify(stored)).not.toMatch(/nightingale|1234567893/i);
  });

  test("the same answer again is no second finding, not even at the same time", async () => {
    const { caseId } = await makeOpenCase(database.db, await makeTherapist(database.db));
    const connectors = [await ofNppes(saysJson(known))];
    await Promise.all([1, 2, 3, 4].map(() => proposeFor(caseId, database.db, connectors)));
    await proposeFor(caseId, database.db, connectors);
    expect(await findings()).toHaveLength(2);
  });

  test("a register that is down decides nothing, and the job is tried again", async () => {
    const { caseId } = await makeOpenCase(database.db, await makeTherapist(database.db));
    const looked = proposeFor(caseId, database.db, [await ofNppes(fails(500))]);
    await expect(looked).rejects.toThrow("status 500");
    expect(await source("nppes")).toMatchObject({ last_error: "status 500", last_good_at: null });
    expect(await findings()).toEqual([]);
    expect(await states()).toEqual(["attested"]);
    expect(await database.sql`select verb from audit_events where verb <> 'case.open'`).toEqual([]);
  });

  test("others are asked although one is down", async () => {
    const { caseId } = await makeOpenCase(database.db, await makeTherapist(database.db));
    const other = { ...(await ofNppes(saysJson(known))), id: "other" };
    const looked = proposeFor(caseId, database.db, [await ofNppes(fails(503)), other]);
    await expect(looked).rejects.toThrow("status 503");
    expect((await findings()).map((finding) => finding.source)).toEqual(["other", "other"]);
  });

  test.each(["closed", "settled", "elsewhere", "made up"])("nobody is asked: %s", async (why) => {
    const licence = why === "elsewhere" ? { typeId: "gb-bacp", jurisdiction: "GB-ENG" } : {};
    const { caseId } = await makeOpenCase(
      database.db,
      await makeTherapist(database.db, { licence }),
    );
    if (why === "closed") {
      await database.sql`update cases set closed_at = now(), outcome = 'withdrawn'`;
    }
    if (why === "settled") await database.sql`update checks set state = 'withdrawn'`;
    const { url, asked } = await registerServer(saysJson(known));
    await proposeFor(why === "made up" ? "nothing" : caseId, database.db, [nppes(url, noWait)]);
    expect(asked).toEqual([]);
    expect(await findings()).toEqual([]);
  });
});

describe("the exclusion list", () => {
  test("a row of the name opens one case with one look, and decides nothing", async () => {
    const { therapistId } = await makeTherapist(database.db, { state: "listed" });
    await readLeie([excluded]);
    await matchExclusions(database.db);
    await matchExclusions(database.db);
    expect(await openCases()).toMatchObject([{ kind: "discipline", therapist: therapistId }]);
    const looks =
      await database.sql`select id, track, claim_type, state, case_id, claim from checks`;
    expect(looks).toMatchObject([
      {
        track: "safety",
        claim_type: "exclusion",
        state: "attested",
        claim: { name: "Robin Example" },
      },
    ]);
    expect(await findings()).toMatchObject([
      {
        source: "leie",
        check: looks[0]?.id,
        strength: "name",
        state: "proposed",
        facts: { name: "NIGHTINGALE, QUILL", exclusionType: "1128b4", exclusionDate: "2024-01-18" },
      },
    ]);
    const [listing] = await database.sql`select listing_state from therapists`;
    expect(listing).toEqual({ listing_state: "listed" });
    expect(JSON.stringify(await database.sql`select * from audit_events`)).not.toMatch(
      /nightingale/i,
    );
  });

  test.each<[string, Parameters<typeof makeTherapist>[1], LeieRow, string[]]>([
    ["the name shown", { displayName: "Quill Nightingale", legalName: null }, excluded, ["name"]],
    ["another first name", {}, { ...excluded, FIRSTNAME: "EVA" }, []],
    ["not in the US", { licence: { typeId: "gb-bacp", jurisdiction: "GB-ENG" } }, excluded, []],
    ["a draft", { state: "draft" }, excluded, []],
    ["removed", { state: "removed" }, excluded, []],
    ["suspended", { state: "suspended" }, excluded, ["name"]],
  ])("%s", async (_, told, row, strengths) => {
    await makeTherapist(database.db, told);
    await readLeie([row]);
    await matchExclusions(database.db);
    expect((await findings()).map(({ strength }) => strength)).toEqual(strengths);
  });

  test.each([
    [npi, ["number"]],
    ["1003000126", []],
    ["0000000000", ["name"]],
  ])("with a known NPI, a row with %s is %j", async (given, strengths) => {
    const { therapistId } = await makeTherapist(database.db);
    await database.sql`insert into register_sources (id) values ('nppes')`;
    await database.sql`insert into register_findings
      (therapist_id, source_id, strength, facts, facts_hash, state)
      values (${therapistId}, 'nppes', 'number', ${JSON.stringify(sealFacts(therapistId, { npi }))}::text::jsonb, 'x', 'used')`;
    await readLeie([{ ...excluded, NPI: given }]);
    await matchExclusions(database.db);
    const found = (await findings()).filter((finding) => finding.source === "leie");
    expect(found.map(({ strength }) => strength)).toEqual(strengths);
  });

  test("what a moderator put aside does not come up again; a new row does", async () => {
    await makeTherapist(database.db);
    await readLeie([excluded]);
    await matchExclusions(database.db);
    await database.sql`update register_findings set state = 'dismissed'`;
    await database.sql`update checks set state = 'withdrawn'`;
    await database.sql`update cases set closed_at = now(), outcome = 'no-change'`;
    await readLeie([excluded]);
    await matchExclusions(database.db);
    expect(await openCases()).toEqual([]);
    await readLeie([excluded, { ...excluded, NPI: "0000000000", EXCLDATE: "20260901" }]);
    await matchExclusions(database.db);
    expect(await openCases()).toMatchObject([{ kind: "discipline" }]);
    expect(await findings()).toHaveLength(2);
  });

  test("whoever is sent in is held against the stored rows, in their own case", async () => {
    await readLeie([excluded]);
    const { caseId } = await makeOpenCase(database.db, await makeTherapist(database.db));
    const connectors = [leie("http://127.0.0.1:9/", noWait)];
    await proposeFor(caseId, database.db, connectors);
    await proposeFor(caseId, database.db, connectors);
    await matchExclusions(database.db);
    expect(await openCases()).toMatchObject([{ id: caseId }]);
    expect(await findings()).toHaveLength(1);
    const [look] = await database.sql`select case_id from checks where claim_type = 'exclusion'`;
    expect(look).toEqual({ case_id: caseId });
  });

  test("a list that was never read says nothing, and the job is tried again", async () => {
    const { caseId } = await makeOpenCase(database.db, await makeTherapist(database.db));
    const looked = proposeFor(caseId, database.db, [leie("http://127.0.0.1:9/", noWait)]);
    await expect(looked).rejects.toThrow("not-read-yet");
  });

  test("a name that nobody can open does not keep the others from being matched", async () => {
    const { therapistId } = await makeTherapist(database.db);
    await database.sql`update therapists set sealed_legal_name = 'broken'`;
    await makeTherapist(database.db);
    await makeTherapist(database.db);
    await readLeie([excluded]);
    const silenced = vi.spyOn(console, "error").mockImplementation(() => {});
    await expect(matchExclusions(database.db)).rejects.toThrow("it failed for 1 of 3");
    silenced.mockRestore();
    const found = await openCases();
    expect(found).toHaveLength(2);
    expect(found.map(({ therapist }) => therapist)).not.toContain(therapistId);
  });
});

describe("a roster", () => {
  const headings = ["Licence No", "Name", "Standing", "Until", "Kind"];
  const rows = [
    ["LMFT 01234", "NIGHTINGALE, QUILL", "Current", "12/31/2027", "Marriage & Family Therapist"],
    ["LMFT 77", "NIGHTINGALE, QUILL", "Expired", "12/31/2019", "Intern"],
    ["LMFT 88", "SPARROW, EVA", "Revoked - see order", "", ""],
    ["LMFT 99", "", "Current", "", ""],
  ];

  async function nevada(lines: readonly (readonly string[])[] = rows): Promise<Connector> {
    const { url } = await registerServer(says(csv(headings, lines)));
    const settings = registersFile.parse({
      registers: [
        {
          id: "us-nv-boards",
          name: "Nevada boards",
          url,
          columns: {
            number: "Licence No",
            fullName: "Name",
            status: "Standing",
            expires: "Until",
            type: "Kind",
          },
          active: ["current"],
          credentialTypes: ["us-lmft"],
          jurisdictions: ["US-NV"],
          asOf: "2026-11-01",
        },
      ],
    }).registers[0];
    if (!settings) throw new Error("there are no settings");
    return roster(settings, noWait);
  }

  test.each<[string, Parameters<typeof makeTherapist>[1], object[]]>([
    [
      "number and name",
      {},
      [
        {
          strength: "number",
          asOf: "2026-11-01",
          facts: {
            name: "NIGHTINGALE, QUILL",
            nameAgrees: "yes",
            number: "LMFT 01234",
            numberAgrees: "yes",
            type: "Marriage & Family Therapist",
            readsAs: "active",
            expires: "12/31/2027",
          },
        },
      ],
    ],
    [
      "the number of another person",
      { licence: { number: "88" } },
      [{ strength: "number", facts: { nameAgrees: "no", readsAs: "other" } }],
    ],
    [
      "a number without a name",
      { licence: { number: "LMFT-99" } },
      [{ strength: "number", facts: { nameAgrees: "not-said" } }],
    ],
    [
      "the name alone",
      { licence: { number: "55" } },
      [
        { strength: "name", facts: { numberAgrees: "no", number: "LMFT 01234" } },
        { strength: "name", facts: { numberAgrees: "no", number: "LMFT 77" } },
      ],
    ],
    ["neither", { legalName: "Nobody There", licence: { number: "55" } }, []],
    ["a licence of another place", { licence: { jurisdiction: "US-OR" } }, []],
    ["a licence of another kind", { licence: { typeId: "us-lpc" } }, []],
  ])("%s", async (_, told, expected) => {
    const connector = await nevada();
    await readRegister(connector, today, database.db);
    const { caseId } = await makeOpenCase(database.db, await makeTherapist(database.db, told));
    await proposeFor(caseId, database.db, [connector]);
    expect(await findings()).toMatchObject(expected);
    expect(await findings()).toHaveLength(expected.length);
  });

  test("its status is kept word for word", async () => {
    const connector = await nevada();
    await readRegister(connector, today, database.db);
    const { caseId } = await makeOpenCase(
      database.db,
      await makeTherapist(database.db, { licence: { number: "88" } }),
    );
    await proposeFor(caseId, database.db, [connector]);
    expect(await database.sql`select status_text from register_findings`).toEqual([
      { status_text: "Revoked - see order" },
    ]);
  });

  test("one that was never read says nothing, and the job is tried again", async () => {
    const { caseId } = await makeOpenCase(database.db, await makeTherapist(database.db));
    const looked = proposeFor(caseId, database.db, [await nevada()]);
    await expect(looked).rejects.toThrow("not-read-yet");
  });
});

test("the worker keeps a job whose register is down, and drops one where look-ups are off", async () => {
  const { caseId } = await makeOpenCase(database.db, await makeTherapist(database.db));
  const { url } = await registerServer(fails(404));
  const jobs = async () =>
    database.sql<{ attempts: number }[]>`
      select attempts from graphile_worker.jobs where task_identifier = 'registers.look'`;
  const work = () =>
    runOnce({
      connectionString: database.url,
      taskList: registerTasks(database.db),
      noHandleSignals: true,
      logger: new Logger(() => () => {}),
    });
  vi.stubEnv("NPPES_URL", url);
  vi.stubEnv("REGISTER_LOOKUPS", "1");
  await enqueueRegisterLook(caseId, database.db);
  await enqueueRegisterLook(caseId, database.db);
  await work();
  await expect.poll(jobs).toEqual([{ attempts: 1 }]);
  vi.stubEnv("REGISTER_LOOKUPS", "0");
  await database.sql`update graphile_worker._private_jobs set run_at = now()`;
  await work();
  await expect.poll(jobs).toEqual([]);
  expect(await findings()).toEqual([]);
});
