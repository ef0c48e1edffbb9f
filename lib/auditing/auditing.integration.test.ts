import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { roles } from "#db/vocabulary.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { hashLink } from "#lib/audit/hash-link.ts";
import { readHead } from "#lib/audit/read-head.ts";
import { emptyHead } from "#lib/audit/rules.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";
import { parseForm } from "#lib/forms/rules.ts";
import { makePerson } from "../../tests/support/people.ts";
import { siteRole } from "../../tests/support/site-role.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { exportEvents } from "./export-events.ts";
import { listEvents } from "./queries.ts";
import { type AuditFilters, auditFilters } from "./schema.ts";

const owner = testDatabase();
const site = siteRole(owner);
const none: AuditFilters = {
  verb: null,
  who: null,
  kind: null,
  subject: null,
  from: null,
  to: null,
};
const OTHERS = 120;
let auditor: Actor;
let moderator: Actor & { email: string };
let therapist: Actor & { email: string };

beforeAll(async () => {
  auditor = await makePerson(site.db, { roles: ["auditor"] });
  moderator = await makePerson(site.db, { roles: ["moderator"] });
  therapist = await makePerson(site.db);
  await owner.sql`update people set name = 'Mo Example' where id = ${moderator.personId}`;
  await owner.sql`update people set name = 'Tess Example' where id = ${therapist.personId}`;
  const write = (actorId: string | null, verb: string, kind: string, id: string) =>
    appendEvent({ actorId, verb, subject: { kind, id }, details: { fields: ["a", "b"] } }, site.db);
  for (let made = 0; made < OTHERS; made += 1) await write(null, "mail.purge", "mail", `m${made}`);
  await write(moderator.personId, "case.claim", "case", "c1");
  await write(moderator.personId, "case.release", "case", "c1");
  await write(moderator.personId, "evidence.view", "evidence", "=HYPERLINK(1)");
  await write(therapist.personId, "revision.submit", "revision", 'r1 "quoted", and more');
  await owner.sql`update audit_events set at = '2026-01-01T23:59:59.999Z' where subject_id = 'm0'`;
  await owner.sql`update audit_events set at = '2026-01-02T00:00:00Z' where subject_id = 'm1'`;
});

const listed = async (filters: Partial<AuditFilters>, before = 0) =>
  listEvents(auditor, { filters: { ...none, ...filters }, before }, site.db);
const verbs = async (filters: Partial<AuditFilters>) =>
  (await listed(filters)).shown.map(({ verb }) => verb);
async function taken(filters: Partial<AuditFilters>, format: "csv" | "jsonl", who = auditor) {
  let text = "";
  const lines = await exportEvents(who, { filters: { ...none, ...filters }, format }, site.db);
  for await (const part of lines) text += part;
  return text;
}

test.each(roles)("a %s reads and exports, or learns nothing of it", async (role) => {
  const actor = await makePerson(site.db, { roles: [role] });
  const may = role === "auditor" || role === "lead";
  const before = await readHead(site.db);
  const list = listEvents(actor, { filters: none, before: 0 }, site.db);
  if (may) {
    expect((await list).shown.length).toBeGreaterThan(0);
    expect(await taken({ kind: "case" }, "csv", actor)).toContain("case.claim");
  } else {
    await expect(list).rejects.toBeInstanceOf(NotFoundError);
    await expect(taken({}, "csv", actor)).rejects.toBeInstanceOf(NotFoundError);
  }
  expect((await readHead(site.db)).seq).toBe(before.seq + (may ? 1 : 0));
});

test("by verb or its beginning, by thing, by day with both ends, by staff's name or anyone's id", async () => {
  expect(await verbs({ verb: "case." })).toEqual(["case.release", "case.claim"]);
  expect(await verbs({ verb: "case.claim" })).toEqual(["case.claim"]);
  expect(await verbs({ verb: "case_" })).toEqual([]);
  expect(await verbs({ kind: "case", subject: "c1", verb: "case.r" })).toEqual(["case.release"]);
  expect(await verbs({ who: "mo example" })).toHaveLength(3);
  expect(await verbs({ who: moderator.personId })).toHaveLength(3);
  expect(await verbs({ who: therapist.personId })).toEqual(["revision.submit"]);
  expect(await verbs({ who: "Tess Example" })).toEqual([]);
  expect((await listed({ who: "-" })).total).toBe(OTHERS);
  expect((await listed({ from: "2026-01-01", to: "2026-01-01" })).total).toBe(1);
  expect((await listed({ from: "2026-01-01", to: "2026-01-02" })).total).toBe(2);
  expect((await listed({ to: "2025-12-31" })).total).toBe(0);
});

test("staff are named, everyone else is an id", async () => {
  const names = new Map((await listed({})).shown.map(({ actorId, name }) => [actorId, name]));
  expect(names.get(moderator.personId)).toBe("Mo Example");
  expect(names.get(therapist.personId)).toBeNull();
  expect(JSON.stringify(await listed({}))).not.toContain("Tess");
});

test("page after page shows each event once, also when new ones come in between", async () => {
  const seen: number[] = [];
  let before = 0;
  do {
    const { shown, older, total } = await listed({ who: "-" }, before);
    expect(total).toBeGreaterThanOrEqual(OTHERS);
    seen.push(...shown.map(({ id }) => id));
    before = older ?? 0;
    await appendEvent({ actorId: "x", verb: "a.b", subject: { kind: "c", id: "d" } }, site.db);
  } while (before > 0);
  expect(seen).toEqual(seen.toSorted((a, b) => b - a));
  expect(new Set(seen).size).toBe(OTHERS);
});

test("an export as lines of JSON can be hashed again by whoever has it", async () => {
  const rows = (await taken({}, "jsonl")).trimEnd().split("\n");
  let before = emptyHead.hash;
  let lastVerb = "";
  for (const line of rows) {
    const row = JSON.parse(line);
    expect(row.before).toBe(before);
    const details = /"details":(.*)\}$/.exec(line)?.[1] ?? "";
    const event = {
      eventId: String(row.event_id),
      at: row.at,
      actorId: row.actor_id,
      verb: row.verb,
      subjectKind: row.subject_kind,
      subjectId: row.subject_id,
      details,
    };
    const moved = row.subject_id === "m0" || row.subject_id === "m1";
    expect(hashLink(before, row.seq, event) === row.hash).toBe(!moved);
    before = row.hash;
    lastVerb = row.verb;
  }
  expect(lastVerb).toBe("audit.export");
  expect(before).toBe((await readHead(site.db)).hash);
});

test("a sheet holds the same, and no cell of it is a formula", async () => {
  const records: Record<string, string>[] = parse(await taken({ who: "Mo Example" }, "csv"), {
    columns: true,
  });
  expect(records.map(({ verb }) => verb)).toEqual(["case.claim", "case.release", "evidence.view"]);
  expect(records.at(-1)?.subject_id).toBe("'=HYPERLINK(1)");
  expect(records[0]?.details).toBe('{"fields": ["a", "b"]}');
  expect((await taken({ subject: "nobody" }, "csv")).trimEnd().split("\n")).toHaveLength(1);
});

test("an export says by which filters it was made, never what was looked for", async () => {
  await taken({ who: "Tess Example", from: "2026-01-01" }, "csv");
  const [event] = (await listed({ verb: "audit.export" })).shown;
  expect(event).toMatchObject({
    actorId: auditor.personId,
    subjectKind: "audit",
    subjectId: "csv",
    details: { filters: ["who", "from"] },
  });
});

test("whatever is typed into the filters is answered, or told of as wrong", async () => {
  const text = fc.string({ unit: "binary", maxLength: 100 });
  await fc.assert(
    fc.asyncProperty(
      fc.record({ verb: text, who: text, kind: text, subject: text, from: text, to: text }),
      async (typed) => {
        const one = Object.entries(typed).map(([name, value]) => [name, [value.toWellFormed()]]);
        const parsed = parseForm(auditFilters, Object.fromEntries(one));
        if (!parsed.ok) return;
        const clean = Object.values(parsed.value).every((value) => !value?.includes("\0"));
        if (clean) expect((await listed(parsed.value)).total).toBeGreaterThanOrEqual(0);
      },
    ),
    { numRuns: 60 },
  );
});
