import { eq, inArray } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { cases, conflictsOfInterest } from "#db/schema/cases.ts";
import { appeals, decisions } from "#db/schema/decisions.ts";
import { profileRevisions, therapists } from "#db/schema/profiles.ts";
import { checks } from "#db/schema/vetting.ts";
import {
  type CaseKind,
  caseKinds,
  checkStates,
  type DecisionAction,
  decisionActions,
  listingStates,
  revisionStates,
  roles,
} from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { caseWorkers } from "#lib/cases/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { getEditorView } from "#lib/revisions/queries.ts";
import { submitRevision } from "#lib/revisions/submit-revision.ts";
import { found, openCaseOf, verifyAll } from "../../tests/support/moderate.ts";
import { saveWholeProfile } from "../../tests/support/own-profile.ts";
import { makePerson } from "../../tests/support/people.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { decide } from "./decide.ts";
import { type DecisionRule, decisionRules, mayDecide, peopleFor } from "./transitions.ts";

const database = testDatabase();

const states = {
  check: checkStates,
  revision: revisionStates,
  listing: listingStates,
  appeal: ["open"],
} as const;

const holds = ["claimed", "someone else's", "in conflict", "own"] as const;
type Hold = (typeof holds)[number];

type Scene = {
  owner: Actor;
  other: Actor;
  actors: Record<(typeof roles)[number], Actor>;
  therapistId: string;
  revisionId: string;
  caseId: string;
  checkId: string;
};
let scene: Scene;

accountEnvironment();

/** One person's whole submission, with every look of it said yes to; cells set what they need. */
beforeAll(async () => {
  const { db } = database;
  await loadReference(db);
  const owner = await makePerson(db);
  await saveWholeProfile(owner, db, "TABLE-1");
  await submitRevision(owner, { consent: true }, db);
  const view = await getEditorView(owner, db);
  const therapistId = view.therapist?.id ?? "";
  const { id: caseId } = await openCaseOf(therapistId, "submission", db);
  const [first, second] = [
    await makePerson(db, { roles: ["moderator"] }),
    await makePerson(db, { roles: ["moderator"] }),
  ];
  await verifyAll(caseId, { first, second }, db);
  const [look] = (await db.select().from(checks).where(eq(checks.caseId, caseId))).filter(
    ({ claimType }) => claimType === "insurance",
  );
  const one = (role: (typeof roles)[number]) => makePerson(db, { roles: [role] });
  const actors = {
    therapist: await one("therapist"),
    moderator: await one("moderator"),
    "lived-experience-reviewer": await one("lived-experience-reviewer"),
    lead: await one("lead"),
    auditor: await one("auditor"),
  };
  scene = {
    owner,
    other: first,
    actors,
    therapistId,
    revisionId: view.revision?.id ?? "",
    caseId,
    checkId: look?.id ?? "",
  };
});

type Cell = { action: DecisionAction; state: string; kind: CaseKind; hold: Hold; actor: Actor };

const rollBack = new Error("roll back");

/** Does it, tells how it went, and leaves no trace. */
async function outcomeOf(cell: Cell): Promise<string> {
  let outcome = "";
  await database.db
    .transaction(async (tx) => {
      await arrange(cell, tx);
      const { action } = cell;
      const rule: DecisionRule = decisionRules[action];
      outcome = await decide(
        cell.actor,
        {
          caseId: scene.caseId,
          action,
          checkId: rule.on === "check" ? scene.checkId : null,
          code: rule.codes[0] ?? null,
          reason: "So that they know why.",
          record: rule.on === "check" ? found({ conditions: "Under supervision" }) : null,
        },
        tx,
      ).then(
        ({ state }) => state,
        (error: unknown) => {
          if (error instanceof NotFoundError) return "not found";
          if (error instanceof ConflictError) return error.reason;
          throw error;
        },
      );
      throw rollBack;
    })
    .catch((error: unknown) => {
      if (error !== rollBack) throw error;
    });
  return outcome;
}

async function arrange({ action, state, kind, hold, actor }: Cell, tx: Db): Promise<void> {
  const { therapistId, revisionId, caseId, checkId, other } = scene;
  const { on }: DecisionRule = decisionRules[action];
  if (on === "check") {
    const set = { state: state as (typeof checkStates)[number], decisionCode: null };
    await tx
      .update(checks)
      .set({ ...set, secondReviewerId: scene.actors.lead.personId })
      .where(eq(checks.id, checkId));
  }
  if (on === "revision") {
    const set = { state: state as (typeof revisionStates)[number], publishedOn: "2026-01-01" };
    await tx.update(profileRevisions).set(set).where(eq(profileRevisions.id, revisionId));
  }
  if (on === "listing") {
    const set = { listingState: state as (typeof listingStates)[number] };
    await tx.update(therapists).set(set).where(eq(therapists.id, therapistId));
  }
  await tx
    .update(cases)
    .set({
      kind,
      revisionId: kind === "submission" ? revisionId : null,
      claimedBy: hold === "someone else's" ? other.personId : actor.personId,
      claimedUntil: new Date(Date.now() + 60_000),
    })
    .where(eq(cases.id, caseId));
  if (kind === "appeal") await appealOf(tx);
  if (hold === "in conflict") {
    await tx.insert(conflictsOfInterest).values({ personId: actor.personId, therapistId });
  }
}

/** Something that was decided once by people who are not in these tests. */
async function appealOf(tx: Db): Promise<void> {
  const { therapistId, caseId } = scene;
  const [past] = await tx
    .insert(cases)
    .values({ therapistId, kind: "complaint", closedAt: new Date(), outcome: "suspended" })
    .returning({ id: cases.id });
  const [made] = await tx
    .insert(decisions)
    .values({
      therapistId,
      caseId: past?.id ?? "",
      subject: "listing",
      action: "hide",
      reason: "A reason.",
      people: 1,
      state: "in-force",
      inForceAt: new Date(),
      proposedBy: "someone-long-gone",
    })
    .returning({ id: decisions.id });
  await tx.insert(appeals).values({ caseId, decisionId: made?.id ?? "", sealedWords: "x" });
}

function expected({ action, state, kind, hold, actor }: Cell): string {
  const rule: DecisionRule = decisionRules[action];
  const track = rule.on === "check" ? "safety" : null;
  if (!caseWorkers.some((role) => actor.roles.includes(role))) return "not found";
  if (hold === "own" || hold === "in conflict") return "not found";
  // The emergency brake needs no claim.
  if (hold === "someone else's" && action !== "hide") return "not-claimed";
  if (rule.on === "revision" && kind !== "submission") return "not found";
  if (!mayDecide(actor.roles, action, track)) return "not found";
  if (!rule.within.includes(kind)) return "not-ready";
  if (!(rule.from as readonly string[]).includes(state)) return "already-decided";
  return peopleFor(action, track) === 1 ? "in-force" : "proposed";
}

const actorFor = (role: (typeof roles)[number], hold: Hold): Actor =>
  hold === "own"
    ? { personId: scene.owner.personId, roles: ["therapist", role] }
    : scene.actors[role];

describe.each(decisionActions.map((action) => ({ action })))("$action", ({ action }) => {
  const rule: DecisionRule = decisionRules[action];

  test.each(roles.map((role) => ({ role })))("by a $role, in every state", async ({ role }) => {
    const kind = rule.within[0] ?? "submission";
    for (const hold of holds) {
      // Whoever may not, may not in any state: for them the first and the last one do.
      const all: readonly string[] = states[rule.on];
      const some = hold === "claimed" ? all : [rule.from[0] ?? "open", all.at(-1) ?? "open"];
      for (const state of some) {
        const cell = { action, state, kind, hold, actor: actorFor(role, hold) };
        expect([hold, state, await outcomeOf(cell)]).toEqual([hold, state, expected(cell)]);
      }
    }
  });

  test("in every kind of case", async () => {
    const state = rule.from[0] ?? "open";
    for (const kind of caseKinds) {
      const cell = { action, state, kind, hold: "claimed" as const, actor: scene.actors.lead };
      expect([kind, await outcomeOf(cell)]).toEqual([kind, expected(cell)]);
    }
  });
});

test("nothing of all that is left", async () => {
  const { db } = database;
  const made = await db
    .select()
    .from(decisions)
    .where(
      inArray(
        decisions.proposedBy,
        Object.values(scene.actors).map(({ personId }) => personId),
      ),
    );
  expect(made).toEqual([]);
});
