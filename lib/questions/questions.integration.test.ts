import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { cases } from "#db/schema/cases.ts";
import { caseItems, caseMessages, decisions } from "#db/schema/decisions.ts";
import { profileRevisions } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import { type CaseKind, caseKinds, type Role, roles } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { itemContext, messageContext, wordLimits } from "#lib/cases/rules.ts";
import { typedOf } from "#lib/forms/rules.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { seal } from "#lib/sealing/seal.ts";
import { outcome } from "../../tests/support/outcome.ts";
import {
  type Licensed,
  makeLicensed,
  makePerson,
  makeRevision,
} from "../../tests/support/people.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { answerItems } from "./answer-items.ts";
import { getSentBack, getWaiting, listOpenItems, listOwnCases } from "./queries.ts";
import { answerField, mostMessagesADay } from "./rules.ts";
import { readAnswers } from "./schema.ts";
import { writeToModerators } from "./write-to-moderators.ts";

accountEnvironment();
const database = testDatabase();
const now = () => new Date();
const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000);

let ana: Licensed;
let ben: Licensed;
let moderator: Actor;

beforeAll(() => loadReference(database.db));
beforeEach(async () => {
  await database.sql`delete from people`;
  await database.sql`delete from audit_events`;
  ana = await makeLicensed(database.db, { stage: "proposed" });
  ben = await makeLicensed(database.db, { stage: "proposed" });
  moderator = await makePerson(database.db, { roles: ["moderator"] });
});

type CaseRow = Partial<typeof cases.$inferInsert>;

async function makeCase(someone: Licensed, row: CaseRow = {}): Promise<string> {
  const { therapistId } = someone;
  const [made] = await database.db
    .insert(cases)
    .values({ therapistId, kind: "submission", ...row })
    .returning({ id: cases.id });
  return made?.id ?? "";
}

async function makeLook(someone: Licensed, caseId: string): Promise<string> {
  const id = randomUUID();
  await database.db.insert(checks).values({
    id,
    therapistId: someone.therapistId,
    track: "right-to-practise",
    claimType: "credential",
    credentialId: someone.credentialId,
    caseId,
    claim: {},
    sourceType: "self",
    method: "manual",
    state: "needs-info",
  });
  return id;
}

async function ask(caseId: string, checkId: string | null = null, question = "Which one?") {
  const id = randomUUID();
  await database.db
    .insert(caseItems)
    .values({ id, caseId, checkId, sealedQuestion: seal(question, itemContext(id)) });
  return id;
}

async function say(caseId: string, kind: "from-moderators" | "private-note", words: string) {
  const id = randomUUID();
  const sealedBody = seal(words, messageContext(id));
  await database.db
    .insert(caseMessages)
    .values({ id, caseId, kind, writtenBy: moderator.personId, sealedBody });
}

const answer = (actor: Actor, ...answers: [string, string][]) =>
  answerItems(
    actor,
    answers.map(([itemId, words]) => ({ itemId, words })),
    database.db,
  );
const write = (actor: Actor, caseId: string, words = "Hello") =>
  writeToModerators(actor, { caseId, words }, database.db);
const own = (actor: Actor) => listOwnCases(actor, database.db);
const questionsOf = async (actor: Actor) => (await own(actor)).flatMap((each) => each.questions);
const caseRow = async (id: string) =>
  (await database.db.select().from(cases).where(eq(cases.id, id)))[0];
const lookState = async (id: string) =>
  (await database.db.select().from(checks).where(eq(checks.id, id)))[0]?.state;
const events = () => database.db.select().from(auditEvents).orderBy(auditEvents.id);

describe("answers", () => {
  test("are sealed, shown to their writer, and the last one lets the days run on", async () => {
    const caseId = await makeCase(ana, { stoppedAt: daysAgo(3), stoppedSeconds: 60 });
    const look = await makeLook(ana, caseId);
    const [first, second] = [await ask(caseId, look, "Why canary?"), await ask(caseId)];
    expect(await getWaiting(ana, now(), database.db)).toMatchObject({ asked: 2 });
    expect(await listOpenItems(ana, database.db)).toEqual([first, second]);
    await answer(ana, [first, "nightingale"]);
    expect((await caseRow(caseId))?.stoppedAt).not.toBeNull();
    expect(await lookState(look)).toBe("needs-info");
    expect(await questionsOf(ana)).toMatchObject([
      {
        id: first,
        question: "Why canary?",
        answer: "nightingale",
        claim: { claimType: "credential", letters: "LMFT", number: "123" },
        documents: { subject: "credential", claimId: ana.credentialId },
      },
      { id: second, answer: null, claim: null, documents: null },
    ]);
    await answer(ana, [second, "that one"]);
    const row = await caseRow(caseId);
    expect(row?.stoppedAt).toBeNull();
    expect(Math.abs((row?.stoppedSeconds ?? 0) - 60 - 3 * 24 * 60 * 60)).toBeLessThan(60);
    expect(await lookState(look)).toBe("in-review");
    expect(await events()).toMatchObject([
      { verb: "case.answer", subjectId: caseId, details: { answered: 1, left: 1 } },
      { verb: "case.answer", actorId: ana.personId, details: { answered: 1, left: 0 } },
    ]);
  });

  test("leave the days still while the profile itself was sent back", async () => {
    const revisionId = await makeRevision(database.db, { ...ana, state: "changes-requested" });
    const caseId = await makeCase(ana, { revisionId, stoppedAt: daysAgo(1) });
    const item = await ask(caseId);
    await answer(ana, [item, "yes"]);
    expect(await caseRow(caseId)).toMatchObject({ stoppedSeconds: 0, stoppedAt: expect.any(Date) });
  });

  test("touch looks that were asked about, and no others", async () => {
    const caseId = await makeCase(ana, { stoppedAt: daysAgo(1) });
    const [asked, other] = [await makeLook(ana, caseId), await makeLook(ana, caseId)];
    await answer(ana, [await ask(caseId, asked), "yes"]);
    expect([await lookState(asked), await lookState(other)]).toEqual(["in-review", "needs-info"]);
  });

  test("to two cases at once each run on by themselves", async () => {
    const [one, two] = [
      await makeCase(ana, { stoppedAt: daysAgo(1) }),
      await makeCase(ana, { kind: "recheck", stoppedAt: daysAgo(1) }),
    ];
    const [first, second] = [await ask(one), await ask(two)];
    await ask(two);
    await answer(ana, [first, "yes"], [second, "no"]);
    expect([(await caseRow(one))?.stoppedAt, (await caseRow(two))?.stoppedAt]).toEqual([
      null,
      expect.any(Date),
    ]);
  });

  test("from a second tab overwrite nothing, and none of them is kept", async () => {
    const caseId = await makeCase(ana, { stoppedAt: daysAgo(1) });
    const [first, second] = [await ask(caseId), await ask(caseId)];
    await answer(ana, [first, "mine"]);
    expect(await outcome(answer(ana, [second, "new"], [first, "another"]))).toBe(
      "changed-elsewhere",
    );
    expect((await questionsOf(ana)).map((item) => item.answer)).toEqual(["mine", null]);
  });

  test("sent twice are one", async () => {
    const caseId = await makeCase(ana, { stoppedAt: daysAgo(1) });
    const item = await ask(caseId);
    await answer(ana, [item, "mine"]);
    expect(await outcome(answer(ana, [item, "mine"]))).toBe("done");
    expect(await events()).toHaveLength(1);
  });

  test("of twenty tabs at once: one stands, and the days run on once", async () => {
    const caseId = await makeCase(ana, { stoppedAt: daysAgo(2) });
    const item = await ask(caseId);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, tab) => outcome(answer(ana, [item, `tab ${tab}`]))),
    );
    expect(outcomes.filter((each) => each === "done")).toHaveLength(1);
    expect(outcomes.filter((each) => each === "changed-elsewhere")).toHaveLength(19);
    const days = (await caseRow(caseId))?.stoppedSeconds ?? 0;
    expect(Math.round(days / 86_400)).toBe(2);
  });

  test("of one item each, at once, let the days run on exactly when both are there", async () => {
    for (let round = 0; round < 10; round += 1) {
      await database.sql`delete from cases`;
      const caseId = await makeCase(ana, { stoppedAt: daysAgo(1) });
      const items = [await ask(caseId), await ask(caseId)];
      await Promise.all(items.map((item) => answer(ana, [item, "yes"])));
      expect((await caseRow(caseId))?.stoppedAt).toBeNull();
    }
  });
});

describe("whose and when", () => {
  const people = ["own", "someone else's"] as const;
  const states = ["open", "closed"] as const;
  const table = roles.flatMap((role) =>
    people.flatMap((whose) => states.map((state) => ({ role, whose, state }))),
  );

  test.each(table)("a $role, $whose case that is $state", async ({ role, whose, state }) => {
    const someone = whose === "own" ? ana : ben;
    const closed = state === "closed" ? { closedAt: now(), outcome: "accepted" as const } : {};
    const caseId = await makeCase(someone, closed);
    const item = await ask(caseId);
    const actor: Actor = { personId: ana.personId, roles: [role as Role] };
    const mine = role === "therapist" && whose === "own";
    const expected = mine ? (state === "open" ? "done" : "already-decided") : "not found";
    expect(await outcome(answer(actor, [item, "yes"]))).toBe(expected);
    expect(await outcome(write(actor, caseId))).toBe(expected);
    expect(await own(actor)).toHaveLength(mine && state === "open" ? 1 : 0);
    const [row] = await database.db.select().from(caseItems);
    expect(row?.answeredAt === null).toBe(expected !== "done");
    expect(await database.db.$count(caseMessages)).toBe(expected === "done" ? 1 : 0);
    expect((await events()).map(({ verb }) => verb)).toEqual(
      expected === "done" ? ["case.answer", "case.reply"] : [],
    );
  });

  test("one forged id among one's own saves nothing", async () => {
    const [mine, theirs] = [await ask(await makeCase(ana)), await ask(await makeCase(ben))];
    expect(await outcome(answer(ana, [mine, "yes"], [theirs, "yes"]))).toBe("not found");
    expect(await outcome(answer(ana, [mine, "yes"], ["no-such-id", "yes"]))).toBe("not found");
    expect(await events()).toEqual([]);
  });

  test.each(caseKinds)("a case of kind %s is theirs to see once they know of it", async (kind) => {
    const began = (["submission", "appeal"] as readonly CaseKind[]).includes(kind);
    const caseId = await makeCase(ana, { kind, stoppedAt: now() });
    expect(await own(ana)).toHaveLength(began ? 1 : 0);
    expect(await outcome(write(ana, caseId))).toBe(began ? "done" : "not found");
    await say(caseId, "private-note", "a reader wrote to us");
    expect(await own(ana)).toHaveLength(began ? 1 : 0);
    await say(caseId, "from-moderators", "please explain");
    expect(await own(ana)).toHaveLength(1);
    expect(await outcome(write(ana, caseId))).toBe("done");
  });

  test("a decision in force is a way to know of a case; one that is only proposed is none", async () => {
    const caseId = await makeCase(ana, { kind: "complaint" });
    const row = {
      therapistId: ana.therapistId,
      caseId,
      subject: "listing" as const,
      action: "hide" as const,
      reason: "We look into something.",
      people: 1,
      proposedBy: moderator.personId,
    };
    await database.db.insert(decisions).values({ ...row, state: "proposed" });
    expect(await own(ana)).toEqual([]);
    await database.db.insert(decisions).values({ ...row, state: "in-force", inForceAt: now() });
    expect(await own(ana)).toHaveLength(1);
  });
});

describe("messages", () => {
  test("are shown without private notes, and name nobody", async () => {
    const caseId = await makeCase(ana);
    await say(caseId, "from-moderators", "Good morning");
    await say(caseId, "private-note", "canary of the desk");
    await write(ana, caseId, "And to you");
    const [shown] = await own(ana);
    expect(shown?.messages.map(({ words, fromTherapist }) => [words, fromTherapist])).toEqual([
      ["Good morning", false],
      ["And to you", true],
    ]);
    expect(JSON.stringify(shown)).not.toContain(moderator.personId);
    expect(JSON.stringify(shown)).not.toContain("canary");
  });

  test("are bounded by the day, over all cases and also when they come at once", async () => {
    const [one, two] = [await makeCase(ana), await makeCase(ana, { kind: "appeal" })];
    const sent = await Promise.all(
      Array.from({ length: mostMessagesADay + 5 }, (_, at) =>
        outcome(write(ana, at % 2 ? one : two)),
      ),
    );
    expect(sent.filter((each) => each === "done")).toHaveLength(mostMessagesADay);
    expect(sent.filter((each) => each === "too-many")).toHaveLength(5);
    expect(await outcome(write(ben, await makeCase(ben)))).toBe("done");
    await database.db.update(caseMessages).set({ writtenAt: daysAgo(1.01) });
    expect(await outcome(write(ana, one))).toBe("done");
  });
});

describe("what waits", () => {
  test("days are counted while a profile lies with moderators, and not while they stand still", async () => {
    const revisionId = await makeRevision(database.db, { ...ana, state: "submitted" });
    const caseId = await makeCase(ana, { revisionId, openedAt: daysAgo(12.5) });
    const left = async () => (await getWaiting(ana, now(), database.db)).daysLeft;
    expect(await left()).toBe(18);
    await database.db.update(cases).set({ stoppedSeconds: 2 * 86_400 });
    expect(await left()).toBe(20);
    await database.db.update(cases).set({ openedAt: daysAgo(40) });
    expect(await left()).toBe(-8);
    await database.db.update(cases).set({ stoppedAt: daysAgo(1) });
    expect(await left()).toBeNull();
    await database.db
      .update(cases)
      .set({ stoppedAt: null, closedAt: now(), outcome: "accepted" })
      .where(eq(cases.id, caseId));
    expect(await left()).toBeNull();
    expect((await getWaiting(ben, now(), database.db)).daysLeft).toBeNull();
  });

  test("a profile that was sent back says why, in the words of the last time", async () => {
    const revisionId = await makeRevision(database.db, { ...ana, state: "changes-requested" });
    const caseId = await makeCase(ana, { revisionId });
    const row = {
      therapistId: ana.therapistId,
      caseId,
      subject: "revision" as const,
      revisionId,
      action: "request-changes" as const,
      people: 1,
      state: "in-force" as const,
      proposedBy: moderator.personId,
    };
    await database.db.insert(decisions).values([
      { ...row, reason: "First", inForceAt: daysAgo(3) },
      { ...row, reason: "Last", inForceAt: daysAgo(1) },
    ]);
    expect(await getSentBack(ana, database.db)).toMatchObject({ reason: "Last" });
    expect(await getSentBack(ben, database.db)).toBeNull();
    await database.db.update(profileRevisions).set({ state: "submitted" });
    expect(await getSentBack(ana, database.db)).toBeNull();
  });
});

test("whatever is typed comes back as it was, and lies sealed", async () => {
  const caseId = await makeCase(ana);
  const words = fc
    .string({ unit: "binary", minLength: 1, maxLength: wordLimits.item })
    .map((typed) => typedOf([["answer-x", typed]])["answer-x"]?.[0]?.trim() ?? "");
  await fc.assert(
    fc.asyncProperty(words, async (typed) => {
      const item = await ask(caseId);
      const parsed = readAnswers({ [answerField(item)]: [typed] }, [item]);
      if (typed === "") {
        expect(parsed).toMatchObject({ errors: { [answerField(item)]: { code: "required" } } });
        return;
      }
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
      await answerItems(ana, parsed.value, database.db);
      const shown = (await questionsOf(ana)).find(({ id }) => id === item);
      expect(shown?.answer).toBe(typed);
    }),
    { numRuns: 60 },
  );
  await answer(ana, [await ask(caseId, null, "Quill Nightingale?"), "Quill Nightingale"]);
  await write(ana, caseId, "Quill Nightingale");
  const tables = await database.sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public'`;
  const dumps = await Promise.all(
    tables.map(({ name }) => database.sql`select t::text as row from ${database.sql(name)} t`),
  );
  expect(JSON.stringify(dumps)).toContain(caseId);
  expect(JSON.stringify(dumps)).not.toContain("Nightingale");
});
