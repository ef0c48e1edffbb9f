import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { cases } from "#db/schema/cases.ts";
import { credentials } from "#db/schema/credentials.ts";
import { appeals, decisions } from "#db/schema/decisions.ts";
import { evidence } from "#db/schema/evidence.ts";
import { checks } from "#db/schema/vetting.ts";
import { type EvidenceSubject, type Role, roles } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { wordLimits } from "#lib/cases/rules.ts";
import { parseForm, typedOf } from "#lib/forms/rules.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { outcome } from "../../tests/support/outcome.ts";
import {
  type Licensed,
  makeDocument,
  makeLicensed,
  makePerson,
} from "../../tests/support/people.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { appealDecision } from "./appeal-decision.ts";
import { getOwnDecision, listOwnDecisions } from "./queries.ts";
import { appealForm } from "./schema.ts";

accountEnvironment();
const database = testDatabase();
const today = todayUtc();
const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000);

let ana: Licensed;
let ben: Licensed;
let moderator: Actor;

beforeAll(() => loadReference(database.db));
beforeEach(async () => {
  await database.sql`delete from people`;
  await database.sql`delete from audit_events`;
  ana = await makeLicensed(database.db);
  ben = await makeLicensed(database.db);
  moderator = await makePerson(database.db, { roles: ["moderator"] });
});

type DecisionRow = Partial<typeof decisions.$inferInsert>;

/** A listing of theirs that was hidden, or whatever else is said. @returns the decision's id */
async function decided(someone: Licensed, row: DecisionRow = {}): Promise<string> {
  const { therapistId } = someone;
  const closed = { closedAt: new Date(), outcome: "no-change" as const };
  const [found] = await database.db
    .insert(cases)
    .values({ therapistId, kind: "complaint", ...closed })
    .returning({ id: cases.id });
  const [made] = await database.db
    .insert(decisions)
    .values({
      therapistId,
      caseId: found?.id ?? "",
      subject: "listing",
      action: "hide",
      reason: "We look into something.",
      people: 1,
      state: "in-force",
      proposedBy: moderator.personId,
      inForceAt: daysAgo(1),
      ...row,
    })
    .returning({ id: decisions.id });
  return made?.id ?? "";
}

type Looked = "credential" | "practice-statements" | "supervision";

async function look(someone: Licensed, claimType: Looked) {
  const id = randomUUID();
  await database.db.insert(checks).values({
    id,
    therapistId: someone.therapistId,
    track: claimType === "credential" ? "right-to-practise" : "affirming-practice",
    claimType,
    credentialId: claimType === "credential" ? someone.credentialId : null,
    claim: { supervisorName: "Dr Who Else" },
    sourceType: "self",
    method: "manual",
    state: "unable-to-verify",
  });
  return id;
}

const document = (someone: Licensed, subject: EvidenceSubject, gone = false) =>
  makeDocument(database.db, {
    therapistId: someone.therapistId,
    subject,
    credentialId: subject === "credential" ? someone.credentialId : null,
    ...(gone && { wrappedKey: null, destroyedAt: new Date() }),
    deleteAfter: addDays(today, 3),
  });

const appeal = (actor: Actor, decisionId: string, words = "It was not so.") =>
  appealDecision(actor, { decisionId, words }, database.db);
const list = (actor: Actor) => listOwnDecisions(actor, today, database.db);
const openAppeals = () => database.db.select().from(cases).where(eq(cases.kind, "appeal"));

describe("an appeal", () => {
  test("opens a case, in words that are sealed, and is on record", async () => {
    const id = await decided(ana);
    const caseId = await appeal(ana, id, "Quill Nightingale says so.");
    expect(await openAppeals()).toMatchObject([
      { id: caseId, therapistId: ana.therapistId, closedAt: null, claimedBy: null },
    ]);
    const tables = await database.sql<{ name: string }[]>`
      select table_name as name from information_schema.tables where table_schema = 'public'`;
    const dumps = await Promise.all(
      tables.map(({ name }) => database.sql`select t::text as row from ${database.sql(name)} t`),
    );
    expect(JSON.stringify(dumps)).not.toContain("Nightingale");
    expect(await database.db.select().from(auditEvents)).toMatchObject([
      {
        verb: "decision.appeal",
        actorId: ana.personId,
        subjectId: id,
        details: { action: "hide", caseId },
      },
    ]);
    const shown = await getOwnDecision(ana, id, today, database.db);
    expect(shown).toMatchObject({
      appealUntil: null,
      appeal: { words: "Quill Nightingale says so.", sentOn: today, outcome: null, answer: null },
    });
  });

  const whose = ["own", "someone else's"] as const;
  const stands = [
    ["in force", {}, "done"],
    ["proposed", { state: "proposed", inForceAt: null }, "not found"],
    ["declined", { state: "declined", inForceAt: null }, "not found"],
    ["in force for 13 days", { inForceAt: daysAgo(13) }, "done"],
    ["in force for 15 days", { inForceAt: daysAgo(15) }, "too-late"],
    ["a yes", { action: "restore" }, "not found"],
  ] as const;
  const table = roles.flatMap((role) =>
    whose.flatMap((owner) =>
      stands.map(([name, row, expected]) => ({ role, owner, name, row, expected })),
    ),
  );

  test.each(table)("by a $role, of $owner decision that is $name", async (asked) => {
    const id = await decided(asked.owner === "own" ? ana : ben, asked.row);
    const actor: Actor = { personId: ana.personId, roles: [asked.role as Role] };
    const mine = asked.role === "therapist" && asked.owner === "own";
    expect(await outcome(appeal(actor, id))).toBe(mine ? asked.expected : "not found");
    const done = mine && asked.expected === "done" ? 1 : 0;
    expect(await openAppeals()).toHaveLength(done);
    expect(await database.db.$count(appeals)).toBe(done);
    expect(await database.db.$count(auditEvents)).toBe(done);
  });

  test("is made once, also by twenty tabs at once", async () => {
    const id = await decided(ana);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(appeal(ana, id))));
    expect(outcomes.toSorted()).toEqual([
      ...Array.from({ length: 19 }, () => "already-appealed"),
      "done",
    ]);
    expect(await openAppeals()).toHaveLength(1);
    expect(await outcome(appeal(ana, await decided(ana)))).toBe("done");
  });

  test("of what nobody ever decided is not found", async () => {
    expect(await outcome(appeal(ana, "no-such-decision"))).toBe("not found");
    const staff = { personId: moderator.personId, roles: ["therapist" as const] };
    expect(await outcome(appeal(staff, await decided(ana)))).toBe("not found");
  });
});

describe("documents", () => {
  const kept = async () =>
    (await database.db.select().from(evidence))
      .filter(({ deleteAfter }) => deleteAfter === null)
      .map(({ id }) => id)
      .toSorted();

  test("of the claim stay while its appeal is open, and no others", async () => {
    const licence = await document(ana, "credential");
    await document(ana, "identity");
    await document(ana, "credential", true);
    await document(ben, "credential");
    const another = { ...ana, credentialId: randomUUID() };
    await database.db.insert(credentials).values({
      id: another.credentialId,
      therapistId: ana.therapistId,
      typeId: "us-lmft",
      jurisdiction: "US-NV",
      letters: "LMFT",
      number: "124",
    });
    await document(another, "credential");
    const checkId = await look(ana, "credential");
    const row = { subject: "check", action: "unable-to-verify", checkId } as const;
    await appeal(ana, await decided(ana, row));
    expect(await kept()).toEqual([licence]);
  });

  test("of supervision are those of the licence held under it, and of nobody else's", async () => {
    const held = { supervised: true, supervisorName: "Dr Who Else" };
    await database.db.update(credentials).set(held);
    const theirs = { ...held, id: "0", therapistId: ben.therapistId, typeId: "us-lmft" };
    const more = { jurisdiction: "US-NV", letters: "LMFT", number: "5" };
    await database.db.insert(credentials).values({ ...theirs, ...more });
    const licence = await document(ana, "credential");
    const checkId = await look(ana, "supervision");
    const row = { subject: "check", action: "unable-to-verify", checkId } as const;
    await appeal(ana, await decided(ana, row));
    expect(await kept()).toEqual([licence]);
  });

  test("all stay when it is about the listing, and none for a claim that has none", async () => {
    const own = [await document(ana, "credential"), await document(ana, "identity")];
    await document(ben, "identity");
    const checkId = await look(ana, "practice-statements");
    const row = { subject: "check", action: "reject", people: 2, checkId } as const;
    await appeal(ana, await decided(ana, { ...row, answeredBy: "someone" }));
    expect(await kept()).toEqual([]);
    await appeal(ana, await decided(ana));
    expect(await kept()).toEqual(own.toSorted());
  });
});

describe("decisions", () => {
  test("in force are shown newest first, with why and until when, and never who", async () => {
    const checkId = await look(ana, "credential");
    const older = await decided(ana, { inForceAt: daysAgo(20) });
    const newer = await decided(ana, {
      subject: "check",
      action: "unable-to-verify",
      code: "not-found",
      checkId,
      reason: "The register does not show this number.",
      inForceAt: daysAgo(2),
      answeredBy: "someone else",
    });
    await decided(ana, { state: "proposed", inForceAt: null });
    await decided(ben);
    const shown = await list(ana);
    expect(shown).toMatchObject([
      {
        id: newer,
        reason: "The register does not show this number.",
        code: "not-found",
        claim: { claimType: "credential", letters: "LMFT", number: "123", jurisdiction: "US-CA" },
        inForceOn: todayUtc(daysAgo(2)),
        appealUntil: addDays(todayUtc(daysAgo(2)), 14),
        appeal: null,
      },
      { id: older, appealUntil: null },
    ]);
    expect(JSON.stringify(shown)).not.toContain(moderator.personId);
    expect(JSON.stringify(shown)).not.toContain("someone else");
    expect(await getOwnDecision(ben, newer, today, database.db)).toBeNull();
    expect(await list({ ...ana, roles: ["moderator"] })).toEqual([]);
  });

  test("on an appeal stand with what was appealed against", async () => {
    const id = await decided(ana);
    const caseId = await appeal(ana, id);
    const [lead] = [await makePerson(database.db, { roles: ["lead"] })];
    const answer = { caseId, subject: "appeal", action: "uphold", reason: "It stands." } as const;
    await decided(ana, { ...answer, proposedBy: lead.personId, inForceAt: new Date() });
    await database.db
      .update(cases)
      .set({ closedAt: new Date(), outcome: "upheld" })
      .where(eq(cases.id, caseId));
    expect(await list(ana)).toMatchObject([
      { id, appeal: { outcome: "upheld", answer: "It stands.", answeredOn: today } },
    ]);
  });
});

test("whatever is typed is heard as it was", async () => {
  const words = fc
    .string({ unit: "binary", maxLength: wordLimits.reason })
    .map((typed) => typedOf([["words", typed]]));
  await fc.assert(
    fc.asyncProperty(words, async (typed) => {
      const parsed = parseForm(appealForm, typed);
      const said = typed.words?.[0]?.trim() ?? "";
      expect(parsed.ok).toBe(said !== "");
      if (!parsed.ok) return;
      const id = await decided(ana);
      await appeal(ana, id, parsed.value.words);
      const shown = await getOwnDecision(ana, id, today, database.db);
      expect(shown?.appeal?.words).toBe(said);
    }),
    { numRuns: 40 },
  );
});
