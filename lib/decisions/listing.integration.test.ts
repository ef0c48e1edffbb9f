import { randomBytes } from "node:crypto";
import { and, desc, eq, isNull } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { cases } from "#db/schema/cases.ts";
import { decisions } from "#db/schema/decisions.ts";
import type { DecisionAction } from "#db/vocabulary.ts";
import { appealDecision } from "#lib/appeals/appeal-decision.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { claimCase, releaseCase } from "#lib/cases/claim-case.ts";
import { openCase } from "#lib/cases/open-case.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { getEditorView } from "#lib/revisions/queries.ts";
import { submitRevision } from "#lib/revisions/submit-revision.ts";
import { withdrawRevision } from "#lib/revisions/withdraw-revision.ts";
import { found, lapse, listingState, openLooks } from "../../tests/support/moderate.ts";
import { refusal } from "../../tests/support/outcome.ts";
import { saveWholeProfile } from "../../tests/support/own-profile.ts";
import { makePerson } from "../../tests/support/people.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { answerDecision } from "./answer-decision.ts";
import { decide } from "./decide.ts";

const database = testDatabase();
const staff = ["first", "second", "reviewer"] as const;

accountEnvironment();
beforeAll(() => loadReference(database.db));

type Step = { who: (typeof staff)[number]; does: (typeof moves)[number] };

const moves = [
  "claim",
  "release",
  "verify",
  "verify all",
  "agree",
  "decline",
  "accept",
  "hide",
  "restore",
  "remove",
  "keep",
  "request-changes",
  "refuse",
  "overturn",
  "uphold",
  "send",
  "take back",
  "report",
  "appeal",
  "lapse",
] as const satisfies readonly (DecisionAction | string)[];

/** Who has to do with one therapist, and what they may try in whatever order. */
async function makeScene() {
  const { db } = database;
  const owner = await makePerson(db);
  await saveWholeProfile(owner, db, `SEQ-${randomBytes(4).toString("hex")}`);
  const therapistId = (await getEditorView(owner, db)).therapist?.id ?? "";
  const people: Record<Step["who"], Actor> = {
    first: await makePerson(db, { roles: ["moderator"] }),
    second: await makePerson(db, { roles: ["lead"] }),
    reviewer: await makePerson(db, { roles: ["lived-experience-reviewer"] }),
  };
  return { owner, therapistId, people };
}

type Scene = Awaited<ReturnType<typeof makeScene>>;

async function run({ who, does }: Step, scene: Scene): Promise<void> {
  const { db } = database;
  const { owner, therapistId, people } = scene;
  const actor = people[who];
  const [open] = await db
    .select()
    .from(cases)
    .where(and(eq(cases.therapistId, therapistId), isNull(cases.closedAt)))
    .orderBy(desc(cases.openedAt));
  const caseId = open?.id ?? "none";
  const made = await db
    .select()
    .from(decisions)
    .where(eq(decisions.therapistId, therapistId))
    .orderBy(desc(decisions.proposedAt));
  const proposal = made.find(({ state }) => state === "proposed")?.id ?? "none";
  const plain = { caseId, checkId: null, code: null, record: null, reason: "A reason." };
  const verify = async (checkId: string) =>
    decide(
      actor,
      { ...plain, action: "verify", checkId, code: "source-match", record: found() },
      db,
    );
  switch (does) {
    case "claim":
      return claimCase(actor, caseId, db);
    case "release":
      return releaseCase(actor, caseId, db);
    case "lapse":
      return lapse(caseId, db);
    case "verify":
    case "verify all": {
      const looks = await openLooks(caseId, db);
      for (const { id } of does === "verify" ? looks.slice(0, 1) : looks) {
        await verify(id).catch(refusal);
      }
      return;
    }
    case "agree":
    case "decline":
      for (const { id, state } of made) {
        const answer = { decisionId: id, agree: does === "agree" };
        if (state === "proposed") await answerDecision(actor, answer, db).catch(refusal);
      }
      return;
    case "send":
      return submitRevision(owner, { consent: true }, db);
    case "take back":
      return withdrawRevision(owner, db);
    case "report":
      await openCase({ therapistId, kind: "complaint" }, db);
      return;
    case "appeal":
      await appealDecision(
        owner,
        {
          decisionId: made.find(({ state }) => state === "in-force")?.id ?? proposal,
          words: "No.",
        },
        db,
      );
      return;
    default:
      await decide(actor, { ...plain, action: does }, db);
  }
}

/** Everyone who put a yes in force for this therapist, as the rows say it. */
async function signers({ therapistId }: Scene): Promise<Set<string>> {
  const rows = await database.sql<{ who: string }[]>`
    select distinct who from decisions, unnest(array[proposed_by, answered_by]) who
    where therapist_id = ${therapistId} and state = 'in-force' and who is not null
      and action in ('verify', 'verify-with-conditions', 'accept', 'restore', 'overturn')`;
  return new Set(rows.map(({ who }) => who));
}

const step = (who: readonly Step["who"][]) =>
  fc.record({ who: fc.constantFrom(...who), does: fc.constantFrom(...moves) });

const by = (who: Step["who"], ...all: Step["does"][]): Step[] => all.map((does) => ({ who, does }));
/** The way that lists someone, so that the property is known to reach it. */
const wayUp = [
  ...by("first", "send", "claim", "verify all", "release"),
  ...by("second", "claim", "agree", "accept"),
];

async function statesOf(steps: readonly Step[], scene: Scene): Promise<string[]> {
  const states: string[] = [];
  for (const each of steps) {
    await run(each, scene).catch(refusal);
    states.push(await listingState(scene.therapistId, database.db));
    if (states.at(-1) === "listed") expect((await signers(scene)).size).toBeGreaterThan(1);
  }
  return states;
}

test("the way up lists someone", async () => {
  expect((await statesOf(wayUp, await makeScene())).at(-1)).toBe("listed");
});

test("no sequence of commands lists anyone with fewer than two people behind it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step(staff), { minLength: 5, maxLength: 25 }),
      fc.boolean(),
      async (steps, begun) => {
        await statesOf(begun ? [...wayUp.slice(0, 4), ...steps] : steps, await makeScene());
      },
    ),
    { numRuns: 40 },
  );
});

test("whatever one person does alone, nobody is listed", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...staff).chain((who) => fc.array(step([who]), { maxLength: 25 })),
      async (steps) => {
        const scene = await makeScene();
        const alone = [...by(steps[0]?.who ?? "first", "send", "claim", "verify all"), ...steps];
        expect(await statesOf(alone, scene)).not.toContain("listed");
      },
    ),
    { numRuns: 25 },
  );
});

test("what was listed and went down comes back by two, and by nobody alone", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step(["first"]), { minLength: 3, maxLength: 20 }), async (steps) => {
      const scene = await makeScene();
      await statesOf([...wayUp, ...by("second", "report", "claim", "hide", "lapse")], scene);
      expect(await listingState(scene.therapistId, database.db)).toBe("suspended");
      expect(await statesOf(steps, scene)).not.toContain("listed");
    }),
    { numRuns: 20 },
  );
});
