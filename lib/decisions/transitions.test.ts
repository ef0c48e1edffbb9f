import { expect, test } from "vitest";
import { caseKinds, checkStates, decisionActions, listingStates, roles } from "#db/vocabulary.ts";
import { actionsOn, decisionRules, mayDecide, peopleFor } from "./transitions.ts";

/** The promises of the table, said once more in other words: changing one takes changing both. */
test("two different people for what vetting says takes two, and one for all else", () => {
  const two = decisionActions.filter((action) => peopleFor(action, null) === 2);
  expect(two).toEqual([
    "reject",
    "enter-in-error",
    "refuse",
    "suspend",
    "restore",
    "remove",
    "overturn",
  ]);
  const affirming = decisionActions.filter(
    (action) => peopleFor(action, "affirming-practice") === 2 && !two.includes(action),
  );
  expect(affirming).toEqual(["verify", "verify-with-conditions"]);
});

test("nothing but accepting, restoring and an appeal leads to a listing, and one person hides it", () => {
  const up = decisionActions.filter((action) =>
    ["live", "listed"].includes(decisionRules[action].to ?? ""),
  );
  expect(up).toEqual(["accept", "restore"]);
  const down = decisionActions.filter(
    (action) => decisionRules[action].to === "suspended" && peopleFor(action, null) === 1,
  );
  expect(down).toEqual(["hide"]);
});

test("a source that is down is neither a yes nor a no", () => {
  const withCode = decisionActions.filter((action) =>
    (decisionRules[action].codes as readonly string[]).includes("source-down"),
  );
  expect(withCode).toEqual(["source-down"]);
  expect(decisionRules["source-down"].to).toBe("in-review");
});

test("therapists and auditors decide nothing, and lived experience reviews its own track alone", () => {
  for (const action of decisionActions) {
    expect(mayDecide(["therapist", "auditor"], action, "affirming-practice")).toBe(false);
    for (const track of [null, "identity", "right-to-practise", "safety"] as const) {
      expect(mayDecide(["lived-experience-reviewer"], action, track)).toBe(false);
    }
  }
  const theirs = decisionActions.filter((action) =>
    mayDecide(["lived-experience-reviewer"], action, "affirming-practice"),
  );
  expect(theirs).toEqual([
    "verify",
    "verify-with-conditions",
    "unable-to-verify",
    "reject",
    "source-down",
  ]);
});

test("only a lead upholds, and every other decision is open to moderators too", () => {
  const lead = decisionActions.filter(
    (action) => mayDecide(["lead"], action, null) && !mayDecide(["moderator"], action, null),
  );
  expect(lead).toEqual(["uphold"]);
});

test("every decision can be taken somewhere, and every case can be ended", () => {
  const offered = new Set(
    caseKinds.flatMap((kind) => [
      ...checkStates.flatMap((state) => actionsOn("check", state, kind)),
      ...listingStates.flatMap((state) => actionsOn("listing", state, kind)),
      ...actionsOn("revision", "submitted", kind),
      ...actionsOn("appeal", "open", kind),
    ]),
  );
  expect([...offered].toSorted()).toEqual([...decisionActions].toSorted());
  for (const kind of caseKinds) {
    const ends = decisionActions.filter((action) => {
      const within: readonly string[] = decisionRules[action].within;
      return within.includes(kind) && decisionRules[action].closes !== null;
    });
    expect([kind, ends.length > 0]).toEqual([kind, true]);
  }
});

test("what has ended is not decided on", () => {
  for (const kind of caseKinds) {
    expect(actionsOn("check", "withdrawn", kind)).toEqual([]);
    expect(actionsOn("check", "entered-in-error", kind)).toEqual([]);
    for (const state of [
      "draft",
      "changes-requested",
      "live",
      "superseded",
      "withdrawn",
      "rejected",
    ]) {
      expect(actionsOn("revision", state, kind)).toEqual([]);
    }
  }
  expect(roles).toContain("auditor");
});
