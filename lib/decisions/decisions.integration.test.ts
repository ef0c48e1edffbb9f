import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cases } from "#db/schema/cases.ts";
import { decisions } from "#db/schema/decisions.ts";
import { checks } from "#db/schema/vetting.ts";
import { roles } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { claimCase } from "#lib/cases/claim-case.ts";
import { declareConflict } from "#lib/cases/declare-conflict.ts";
import { openCase } from "#lib/cases/open-case.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { getEditorView } from "#lib/revisions/queries.ts";
import { submitRevision } from "#lib/revisions/submit-revision.ts";
import {
  acceptSubmission,
  found,
  lapse,
  listingState,
  openCaseOf,
  openLooks,
  verifyAll,
} from "../../tests/support/moderate.ts";
import { outcome } from "../../tests/support/outcome.ts";
import { everyRow, saveWholeProfile } from "../../tests/support/own-profile.ts";
import { makePerson } from "../../tests/support/people.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { answerDecision } from "./answer-decision.ts";
import { decide } from "./decide.ts";

const database = testDatabase();
let number = 0;

accountEnvironment();
beforeAll(() => loadReference(database.db));
beforeEach(async () => {
  await database.sql`delete from mails`;
});

/** Someone whose whole profile lies with the moderators. */
async function submitted() {
  const owner = await makePerson(database.db);
  number += 1;
  await saveWholeProfile(owner, database.db, `LIC-${number}-A`);
  await submitRevision(owner, { consent: true }, database.db);
  const therapistId = (await getEditorView(owner, database.db)).therapist?.id ?? "";
  const { id: caseId } = await openCaseOf(therapistId, "submission", database.db);
  return { owner, therapistId, caseId };
}

async function listed() {
  const someone = await submitted();
  await acceptSubmission(someone.therapistId, database.db);
  const caseId = await openCase(
    { therapistId: someone.therapistId, kind: "complaint" },
    database.db,
  );
  return { ...someone, caseId };
}

const moderator = () => makePerson(database.db, { roles: ["moderator"] });

const plain = { checkId: null, code: null, record: null, reason: "So that they know why." };
const look = (checkId: string, action: "verify" | "reject" = "verify") => ({
  ...plain,
  action,
  checkId,
  code: action === "verify" ? ("source-match" as const) : ("not-found" as const),
  record: found(),
});

async function lookOf(caseId: string, claimType: string): Promise<string> {
  const look = (await openLooks(caseId, database.db)).find((each) => each.claimType === claimType);
  if (!look) throw new Error(`no open look at ${claimType}`);
  return look.id;
}

const stateOf = async (checkId: string) =>
  (await database.db.select().from(checks).where(eq(checks.id, checkId)))[0];

describe("who decides", () => {
  test.each(
    roles.flatMap((role) =>
      (["claimed", "unclaimed", "someone else's", "lapsed", "in conflict", "own"] as const).map(
        (hold) => ({ role, hold }),
      ),
    ),
  )("a $role, the case $hold: a look at a licence", async ({ role, hold }) => {
    const { db } = database;
    const { owner, caseId } = await submitted();
    const actor: Actor =
      hold === "own"
        ? { personId: owner.personId, roles: ["therapist", role] }
        : await makePerson(db, { roles: [role] });
    const other = await moderator();
    const worker = ["moderator", "lead", "lived-experience-reviewer"].includes(role);
    if (hold === "someone else's") await claimCase(other, caseId, db);
    else if (hold !== "unclaimed" && worker && hold !== "own") await claimCase(actor, caseId, db);
    if (hold === "lapsed") await lapse(caseId, db);
    if (hold === "in conflict" && worker) await declareConflict(actor, caseId, db);
    const checkId = await lookOf(caseId, "credential");
    const before = await everyRow(db);
    const did = await outcome(decide(actor, { caseId, ...look(checkId) }, db));
    const decides = role === "moderator" || role === "lead";
    const hidden = !worker || hold === "own" || hold === "in conflict";
    const expected = hidden
      ? "not found"
      : hold !== "claimed"
        ? "not-claimed"
        : decides
          ? "done"
          : "not found";
    expect(did).toBe(expected);
    if (did !== "done") expect(await everyRow(db)).toEqual(before);
    else
      expect(await stateOf(checkId)).toMatchObject({
        state: "verified",
        checkerId: actor.personId,
      });
  });

  test("a reviewer with lived experience settles statements and nothing else", async () => {
    const { db } = database;
    const { caseId } = await submitted();
    const actor = await makePerson(db, { roles: ["lived-experience-reviewer"] });
    await claimCase(actor, caseId, db);
    for (const { id, track } of await openLooks(caseId, db)) {
      const did = await outcome(decide(actor, { caseId, ...look(id) }, db));
      expect([track, did]).toEqual([track, track === "affirming-practice" ? "done" : "not found"]);
    }
    const accept = { ...plain, caseId, action: "accept" } as const;
    expect(await outcome(decide(actor, accept, db))).toBe("not found");
  });
});

describe("two different people", () => {
  test("the second is never the first, and only then is it in force", async () => {
    const { db } = database;
    const { caseId } = await submitted();
    const [first, second] = [await moderator(), await moderator()];
    await claimCase(first, caseId, db);
    const checkId = await lookOf(caseId, "practice-statements");
    const { decisionId, state } = await decide(first, { caseId, ...look(checkId) }, db);
    expect(state).toBe("proposed");
    expect((await stateOf(checkId))?.state).toBe("attested");
    const agree = { decisionId, agree: true };
    expect(await outcome(answerDecision(first, agree, db))).toBe("needs-another-person");
    expect(await outcome(answerDecision(second, agree, db))).toBe("not-claimed");
    await lapse(caseId, db);
    await claimCase(second, caseId, db);
    expect(await outcome(answerDecision(second, agree, db))).toBe("done");
    expect(await stateOf(checkId)).toMatchObject({
      state: "verified",
      checkerId: first.personId,
      secondReviewerId: second.personId,
    });
    expect(await outcome(answerDecision(second, agree, db))).toBe("already-decided");
  });

  test("a yes that is sent ten times at once is one, with one event and one mail", async () => {
    const { db, sql } = database;
    const { caseId, therapistId } = await submitted();
    const [first, second] = [await moderator(), await moderator()];
    await verifyAll(caseId, { first, second }, db);
    await sql`delete from mails`;
    await sql`delete from graphile_worker._private_jobs`;
    const accept = { ...plain, caseId, action: "accept" } as const;
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => outcome(decide(second, accept, db))),
    );
    expect(answers.filter((answer) => answer === "done")).toHaveLength(1);
    const [count] = await sql`
      select (select count(*)::integer from decisions
          where case_id = ${caseId} and action = 'accept') as decisions,
        (select count(*)::integer from audit_events where verb = 'decision.make'
          and details ->> 'action' = 'accept' and details ->> 'therapistId' = ${therapistId}) as events,
        (select count(*)::integer from mails) as mails,
        (select count(*)::integer from graphile_worker.jobs
          where key = ${`profile.reindex:${therapistId}`}) as jobs`;
    expect(count).toEqual({ decisions: 1, events: 1, mails: 1, jobs: 1 });
  });

  test("an agreement that is sent ten times at once is one", async () => {
    const { db, sql } = database;
    const { caseId } = await submitted();
    const [first, second] = [await moderator(), await moderator()];
    await claimCase(first, caseId, db);
    const checkId = await lookOf(caseId, "practice-statements");
    const { decisionId } = await decide(first, { caseId, ...look(checkId) }, db);
    await lapse(caseId, db);
    await claimCase(second, caseId, db);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        outcome(answerDecision(second, { decisionId, agree: true }, db)),
      ),
    );
    expect(answers.toSorted()).toEqual([...Array(9).fill("already-decided"), "done"]);
    const events = await sql`select from audit_events
      where verb = 'decision.make' and subject_id = ${decisionId}`;
    expect(events).toHaveLength(1);
  });

  test("200 approvals at once by one person list nobody", async () => {
    const { db } = database;
    const { caseId, therapistId } = await submitted();
    const actor = await moderator();
    await claimCase(actor, caseId, db);
    const looks = await openLooks(caseId, db);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => {
        const each = looks[index % looks.length];
        const accept = { ...plain, caseId, action: "accept" } as const;
        if (!each || index % 5 === 4) return outcome(decide(actor, accept, db));
        return outcome(decide(actor, { caseId, ...look(each.id) }, db));
      }),
    );
    const made = await db.select().from(decisions).where(eq(decisions.caseId, caseId));
    expect(made).toHaveLength(looks.length);
    expect(answers.filter((answer) => answer === "done")).toHaveLength(looks.length);
    for (const { id } of made) {
      await outcome(answerDecision(actor, { decisionId: id, agree: true }, db));
    }
    expect(await listingState(therapistId, db)).toBe("pending");
    expect(await outcome(decide(actor, { ...plain, caseId, action: "accept" }, db))).toBe(
      "not-ready",
    );
  });

  test("two people at once: exactly one claims, and exactly one decides", async () => {
    const { db } = database;
    const { caseId } = await submitted();
    const both = [await moderator(), await moderator()];
    const claims = await Promise.all(both.map((each) => outcome(claimCase(each, caseId, db))));
    expect(claims.toSorted()).toEqual(["done", "not-claimed"]);
    const checkId = await lookOf(caseId, "credential");
    const did = await Promise.all(
      [...both, ...both].map((each) => outcome(decide(each, { caseId, ...look(checkId) }, db))),
    );
    expect(did.filter((answer) => answer === "done")).toHaveLength(1);
    const made = await db.select().from(decisions).where(eq(decisions.checkId, checkId));
    expect(made).toHaveLength(1);
  });
});

describe("accepting", () => {
  test("makes it live, lists it, ends the case, and tells the therapist", async () => {
    const { db, sql } = database;
    const { caseId, therapistId } = await submitted();
    await acceptSubmission(therapistId, db);
    expect(await listingState(therapistId, db)).toBe("listed");
    const [ended] = await db.select().from(cases).where(eq(cases.id, caseId));
    expect(ended).toMatchObject({ outcome: "accepted", claimedBy: null });
    const kinds = await sql<{ kind: string }[]>`select kind from mails order by kind`;
    expect(kinds.map(({ kind }) => kind)).toContain("decision-made");
    const [job] = await sql`select 1 from graphile_worker.jobs
      where key = ${`profile.reindex:${therapistId}`}`;
    expect(job).toBeDefined();
  });

  test("waits for every look, and says so", async () => {
    const { db } = database;
    const { caseId } = await submitted();
    const actor = await moderator();
    await claimCase(actor, caseId, db);
    expect(await outcome(decide(actor, { ...plain, caseId, action: "accept" }, db))).toBe(
      "not-ready",
    );
  });

  test("a decision on what was taken back meanwhile is refused", async () => {
    const { db } = database;
    const { caseId, owner } = await submitted();
    const actor = await moderator();
    await claimCase(actor, caseId, db);
    const checkId = await lookOf(caseId, "credential");
    const { withdrawRevision } = await import("#lib/revisions/withdraw-revision.ts");
    await withdrawRevision(owner, db);
    expect(await outcome(decide(actor, { caseId, ...look(checkId) }, db))).toBe("already-decided");
    expect((await stateOf(checkId))?.state).toBe("withdrawn");
  });

  test("sent back to be changed, the days stand still until it is sent again", async () => {
    const { db } = database;
    const { caseId, owner } = await submitted();
    const actor = await moderator();
    await claimCase(actor, caseId, db);
    const action = "request-changes" as const;
    expect(await outcome(decide(actor, { ...plain, caseId, action }, db))).toBe("done");
    const [stopped] = await db.select().from(cases).where(eq(cases.id, caseId));
    expect(stopped).toMatchObject({ outcome: null, claimedBy: null });
    expect(stopped?.stoppedAt).not.toBeNull();
    await submitRevision(owner, { consent: true }, db);
    const [again] = await db.select().from(cases).where(eq(cases.id, caseId));
    expect(again?.stoppedAt).toBeNull();
  });
});

describe("a source that is down", () => {
  test("is neither yes nor no: the look stays, for tomorrow", async () => {
    const { db } = database;
    const { caseId } = await submitted();
    const actor = await moderator();
    await claimCase(actor, caseId, db);
    const checkId = await lookOf(caseId, "credential");
    const down = { ...plain, caseId, action: "source-down", checkId, code: "source-down" } as const;
    expect(await outcome(decide(actor, down, db))).toBe("done");
    expect(await stateOf(checkId)).toMatchObject({
      state: "in-review",
      decisionCode: "source-down",
      checkedOn: null,
    });
  });

  test("and what a source said long ago is no primary source", async () => {
    const { db } = database;
    const { caseId } = await submitted();
    const actor = await moderator();
    await claimCase(actor, caseId, db);
    const checkId = await lookOf(caseId, "credential");
    const old = { ...look(checkId), caseId, record: found({ sourceAsOf: "2020-01-01" }) };
    expect(await outcome(decide(actor, old, db))).toBe("not-ready");
  });
});

describe("a listing", () => {
  const reason = "Several people told us of harm.";

  test("is hidden by one, without a claim, and comes back by two", async () => {
    const { db } = database;
    const { therapistId, caseId } = await listed();
    const [first, second] = [await moderator(), await moderator()];
    const hide = { ...plain, reason, caseId, action: "hide" } as const;
    expect(await outcome(decide(first, hide, db))).toBe("done");
    expect(await listingState(therapistId, db)).toBe("suspended");
    await claimCase(first, caseId, db);
    const restore = { ...plain, caseId, action: "restore" } as const;
    const { decisionId, state } = await decide(first, restore, db);
    expect(state).toBe("proposed");
    expect(await listingState(therapistId, db)).toBe("suspended");
    await lapse(caseId, db);
    await claimCase(second, caseId, db);
    await answerDecision(second, { decisionId, agree: true }, db);
    expect(await listingState(therapistId, db)).toBe("listed");
  });

  test("what was hidden in a case of another kind can be looked at by two", async () => {
    const { db } = database;
    const { therapistId } = await listed();
    await db.update(cases).set({ closedAt: new Date(), outcome: "no-change" });
    const [{ id: other } = { id: "" }] = await db
      .insert(cases)
      .values({ therapistId, kind: "submission" })
      .returning({ id: cases.id });
    await decide(await moderator(), { ...plain, caseId: other, action: "hide" }, db);
    expect((await openCaseOf(therapistId, "complaint", db)).urgent).toBe(true);
  });
});

test("a settled look is never rewritten: the new one takes its place, and the claim is open again", async () => {
  const { db } = database;
  const { therapistId, caseId } = await listed();
  const [first, second] = [await moderator(), await moderator()];
  const all = await db.select().from(checks).where(eq(checks.therapistId, therapistId));
  const licence = all.find(({ claimType }) => claimType === "credential");
  await claimCase(first, caseId, db);
  const action = "enter-in-error" as const;
  const undo = { ...plain, caseId, action, checkId: licence?.id ?? "" };
  const { decisionId } = await decide(first, undo, db);
  await lapse(caseId, db);
  await claimCase(second, caseId, db);
  await answerDecision(second, { decisionId, agree: true }, db);
  expect(await stateOf(licence?.id ?? "")).toEqual(licence);
  const now = await db
    .select()
    .from(checks)
    .where(eq(checks.supersedesId, licence?.id ?? ""));
  expect(now).toMatchObject([{ state: "entered-in-error" }]);
  expect((await openLooks(caseId, db)).map(({ claimType }) => claimType)).toEqual(["credential"]);
});
