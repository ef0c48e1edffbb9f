import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { roles } from "#db/vocabulary.ts";
import { verifyChain } from "#lib/audit/verify-chain.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { openCase } from "#lib/cases/open-case.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { openDueCases } from "#lib/watching/open-due-cases.ts";
import { outcome, refusal } from "../../tests/support/outcome.ts";
import { makePerson } from "../../tests/support/people.ts";
import { claimFor, makeTherapist } from "../../tests/support/register-cases.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { registerKeepers } from "./access.ts";
import { confirmExclusions } from "./confirm-exclusions.ts";
import { listSources } from "./queries.ts";
import { registerNameKeys } from "./rules.ts";

accountEnvironment();
const database = testDatabase();
const today = todayUtc();
const asOf = addDays(today, -13);
let mo: Actor;

beforeAll(() => loadReference(database.db));
beforeEach(async () => {
  await database.sql`truncate people, register_sources, cases cascade`;
  await database.sql`truncate audit_events, audit_chain`;
  mo = await makePerson(database.db, { roles: ["moderator"] });
  await fileOf(asOf, ["FILLER", "ANY"]);
});

/** The exclusion list as it was last read, with a row of each name. */
async function fileOf(day: string | null, ...names: [last: string, first: string][]) {
  const { sql } = database;
  await sql`insert into register_sources (id, last_good_at, source_as_of)
    values ('leie', now(), ${day})
    on conflict (id) do update set source_as_of = ${day}`;
  await sql`delete from register_rows`;
  for (const [last, first] of names) {
    const fields = JSON.stringify({ LASTNAME: last, FIRSTNAME: first, EXCLTYPE: "1128b4" });
    await sql`insert into register_rows
      (source_id, row_hash, keys, fields, first_seen_on, last_seen_on)
      values ('leie', ${`${last} ${first}`}, ${registerNameKeys(last, first)},
        ${fields}::text::jsonb, ${today}, ${today})`;
  }
}

const listed = (told: Parameters<typeof makeTherapist>[1] = {}) =>
  makeTherapist(database.db, { state: "listed", ...told });
const confirm = (actor = mo, day = asOf) => confirmExclusions(actor, day, database.db);
const shown = async (actor = mo) => (await listSources(actor, database.db)).confirm;
const looks = () => database.sql`select c.therapist_id as therapist, c.state, k.kind, k.outcome,
    k.claimed_by as claimer
  from checks c left join cases k on k.id = c.case_id
  where c.claim_type = 'exclusion' order by c.therapist_id`;

describe("a file that has nobody of their name", () => {
  test("is one decision for each, signed, with its day and its digest", async () => {
    const ids = [(await listed()).therapistId, (await listed({ state: "paused" })).therapistId];
    expect(await shown()).toEqual({ asOf, people: 2, more: false });
    expect(await confirm()).toBe(2);
    expect(await looks()).toEqual(
      ids.toSorted().map((therapist) => ({
        ...{ therapist, state: "verified", kind: "recheck", outcome: "checked", claimer: null },
      })),
    );
    const made = await database.sql`select d.action, d.code, d.people, d.state, d.proposed_by,
        d.reason, c.source_as_of as "asOf", c.evidence_hash as digest, c.checker_id as checker,
        c.method, c.source_type as "sourceType", c.checked_on as "checkedOn"
      from decisions d join checks c on c.id = d.check_id`;
    expect(made).toHaveLength(2);
    for (const row of made) {
      expect(row).toMatchObject({
        ...{ action: "verify", code: "source-match", people: 1, state: "in-force" },
        ...{ proposed_by: mo.personId, checker: mo.personId, method: "file" },
        ...{ asOf, sourceType: "primary", checkedOn: today },
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        reason: expect.stringContaining("has nobody of your name"),
      });
    }
    const [event] = await database.sql`
      select actor_id, details from audit_events where verb = 'register.confirm'`;
    expect(event).toMatchObject({ actor_id: mo.personId, details: { asOf, confirmed: 2 } });
    expect(await verifyChain({}, database.db)).toMatchObject({ fault: null });
  });

  test("is confirmed once, also by clicks at once; the next file is a new one", async () => {
    for (let number = 0; number < 5; number += 1) await listed();
    const counts = await Promise.all([confirm(), confirm(), confirm()]);
    expect(counts.toSorted()).toEqual([0, 0, 5]);
    const before = await database.sql`select count(*) from audit_events`;
    expect(await confirm()).toBe(0);
    expect(await database.sql`select count(*) from audit_events`).toEqual(before);
    expect(await shown()).toEqual({ asOf, people: 0, more: false });
    await fileOf(today, ["FILLER", "ANY"]);
    expect(await shown()).toEqual({ asOf: today, people: 5, more: false });
    expect(await confirm(mo, today)).toBe(5);
    expect(await database.sql`select id from checks where supersedes_id is not null`).toHaveLength(
      5,
    );
  });

  test("settles the look that the watch began, and leaves the rest of its case", async () => {
    const { therapistId } = await listed();
    await openDueCases(today, database.db);
    expect(await confirm()).toBe(1);
    expect(await looks()).toMatchObject([{ therapist: therapistId, state: "verified" }]);
    const open = await database.sql`select c.claim_type, k.claimed_by from checks c
      join cases k on k.id = c.case_id where k.closed_at is null and c.state = 'attested'`;
    expect(open).toEqual([{ claim_type: "discipline", claimed_by: null }]);
  });

  test("keeps the watch from beginning looks of their own until the last day", async () => {
    await listed();
    await openDueCases(today, database.db);
    await confirm();
    const begun = async (days: number) => {
      await openDueCases(addDays(today, days), database.db);
      return (await looks()).filter(({ state }) => state === "attested").length;
    };
    expect(await begun(34)).toBe(0);
    expect(await begun(35)).toBe(1);
  });
});

describe("is left to a look of its own", () => {
  test("a name that is in the file, and it waits in the queue afterwards", async () => {
    const same = await listed();
    const other = await listed({ legalName: "Wren Other" });
    await fileOf(asOf, ["NIGHTINGALE", "QUILL"]);
    expect(await confirm()).toBe(1);
    expect(await looks()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ therapist: same.therapistId, state: "attested" }),
        expect.objectContaining({ therapist: other.therapistId, state: "verified" }),
      ]),
    );
    expect(await database.sql`select therapist_id, state from register_findings`).toEqual([
      { therapist_id: same.therapistId, state: "proposed" },
    ]);
    await database.sql`update register_findings set state = 'dismissed'`;
    expect(await shown()).toEqual({ asOf, people: 0, more: false });
    expect(await confirm()).toBe(0);
  });

  test("a name that came between the file and the click", async () => {
    const { therapistId } = await listed({ legalName: "Wren Other" });
    await fileOf(asOf, ["NIGHTINGALE", "QUILL"]);
    expect(await shown()).toEqual({ asOf, people: 1, more: false });
    await database.sql`update therapists set sealed_legal_name = null`;
    await database.sql`update profile_revisions set display_name = 'Quill Nightingale'`;
    expect(await confirm()).toBe(0);
    expect(await looks()).toMatchObject([{ therapist: therapistId, state: "attested" }]);
  });

  const cases = {
    "someone else's claimed case": async (id: string) => {
      const caseId = await openCase({ therapistId: id, kind: "recheck" }, database.db);
      await claimFor(database.db, await makePerson(database.db, { roles: ["lead"] }), caseId);
    },
    "a look that waits for an answer": async () => {
      await openDueCases(today, database.db);
      await database.sql`update checks set state = 'needs-info'`;
    },
    "a look in a complaint": async () => {
      await openDueCases(today, database.db);
      await database.sql`update cases set kind = 'complaint'`;
    },
    "a conflict of interest": async (id: string) => {
      await database.sql`insert into conflicts_of_interest (person_id, therapist_id)
        values (${mo.personId}, ${id})`;
    },
    "one's own": async (id: string) => {
      await database.sql`update therapists set person_id = ${mo.personId} where id = ${id}`;
    },
    "a licence from elsewhere": () => database.sql`update credentials set jurisdiction = 'GB-ENG'`,
    "a listing that is down": () => database.sql`update therapists set listing_state = 'suspended'`,
    "an account that is about to go": () =>
      database.sql`update people set deletion_asked_at = now()`,
  } satisfies Record<string, (id: string) => Promise<unknown>>;

  test.each(Object.entries(cases))("%s", async (_, make) => {
    await make((await listed()).therapistId);
    expect(await shown()).toEqual({ asOf, people: 0, more: false });
    expect(await confirm()).toBe(0);
    expect(await database.sql`select id from decisions`).toEqual([]);
  });

  test("nobody, where the claim lapsed or is one's own, which stays", async () => {
    for (const minutes of [-1, 60]) {
      const { therapistId } = await listed();
      const caseId = await openCase({ therapistId, kind: "recheck" }, database.db);
      await openDueCases(today, database.db);
      const who = minutes < 0 ? await makePerson(database.db, { roles: ["lead"] }) : mo;
      await claimFor(database.db, who, caseId, minutes);
    }
    expect(await confirm()).toBe(2);
    const claims = await database.sql`select claimed_by from cases where closed_at is null`;
    expect(claims.map((row) => row.claimed_by).toSorted()).toEqual([mo.personId, null].toSorted());
  });
});

describe("a file", () => {
  test.each([
    ["that another one has taken the place of", addDays(today, -40), addDays(today, -13)],
    ["too old to be a source", addDays(today, -150), addDays(today, -150)],
    ["that does not say its day", addDays(today, -13), null],
  ])("%s confirms nobody", async (_, seen, now) => {
    await listed();
    await fileOf(now);
    expect(await outcome(confirm(mo, seen))).toBe("changed-elsewhere");
    expect(await looks()).toEqual([]);
  });
});

test.each(roles)("as %s", async (role) => {
  await listed();
  const actor = await makePerson(database.db, { roles: [role] });
  const keeps = (registerKeepers as readonly string[]).includes(role);
  const page = await shown(actor).catch(refusal);
  expect(page).toEqual(
    keeps ? { asOf, people: 1, more: false } : role === "auditor" ? null : "not found",
  );
  expect(await outcome(confirm(actor))).toBe(keeps ? "done" : "not found");
  expect(await database.sql`select id from decisions`).toHaveLength(keeps ? 1 : 0);
});
