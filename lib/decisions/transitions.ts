import {
  type CaseKind,
  type CaseOutcome,
  type CheckState,
  type CheckTrack,
  type DecisionAction,
  type DecisionCode,
  type DecisionSubject,
  type ListingState,
  openCheckStates,
  type RevisionState,
  type Role,
} from "#db/vocabulary.ts";

type On<S extends DecisionSubject, State> = {
  on: S;
  /** The states that it can be taken in. */
  from: readonly State[];
  /** Null where the state stays as it is. */
  to: State | null;
};

export type DecisionRule = (
  | On<"check", CheckState>
  | On<"revision", RevisionState>
  | On<"listing", ListingState>
  | On<"appeal", "open">
) & {
  by: readonly Role[];
  /** How many different people it takes. */
  people: 1 | 2 | "two-for-affirming-practice";
  /** The kinds of case that it belongs to. */
  within: readonly CaseKind[];
  /** The codes to choose from; none where the reason says it all. */
  codes: readonly DecisionCode[];
  /** How it ends the case; null where the case stays open. */
  closes: CaseOutcome | null;
};

const moderators = ["moderator", "lead"] as const satisfies readonly Role[];
const reviewers = [
  "moderator",
  "lead",
  "lived-experience-reviewer",
] as const satisfies readonly Role[];
const anyCase = [
  "expiring",
  "complaint",
  "discipline",
  "recheck",
  "submission",
  "appeal",
] as const satisfies readonly CaseKind[];
const aboutListing = [
  "expiring",
  "complaint",
  "discipline",
  "recheck",
] as const satisfies readonly CaseKind[];

/**
 * Every decision there is: on what, from which state to which, by whom, and by how many different
 * people. What the pages offer, what commands allow and what readers are told all come from here.
 */
export const decisionRules = {
  verify: {
    on: "check",
    from: openCheckStates,
    to: "verified",
    by: reviewers,
    people: "two-for-affirming-practice",
    within: anyCase,
    codes: ["source-match"],
    closes: null,
  },
  "verify-with-conditions": {
    on: "check",
    from: openCheckStates,
    to: "verified-with-conditions",
    by: reviewers,
    people: "two-for-affirming-practice",
    within: anyCase,
    codes: ["source-match", "name-mismatch", "discipline-present"],
    closes: null,
  },
  "unable-to-verify": {
    on: "check",
    from: openCheckStates,
    to: "unable-to-verify",
    by: reviewers,
    people: 1,
    within: anyCase,
    codes: ["not-found", "inactive", "name-mismatch", "evidence-insufficient"],
    closes: null,
  },
  reject: {
    on: "check",
    from: openCheckStates,
    to: "rejected",
    by: reviewers,
    people: 2,
    within: anyCase,
    codes: [
      "name-mismatch",
      "not-found",
      "inactive",
      "discipline-present",
      "evidence-insufficient",
    ],
    closes: null,
  },
  /** Neither a yes nor a no: it is looked at again. */
  "source-down": {
    on: "check",
    from: openCheckStates,
    to: "in-review",
    by: reviewers,
    people: 1,
    within: anyCase,
    codes: ["source-down"],
    closes: null,
  },
  dispute: {
    on: "check",
    from: ["verified", "verified-with-conditions"],
    to: "disputed",
    by: moderators,
    people: 1,
    within: anyCase,
    codes: ["name-mismatch", "not-found", "inactive", "discipline-present"],
    closes: null,
  },
  /** The look was wrong: it stays on record as that, and the claim is looked at anew. */
  "enter-in-error": {
    on: "check",
    from: ["verified", "verified-with-conditions", "unable-to-verify", "rejected", "disputed"],
    to: "entered-in-error",
    by: moderators,
    people: 2,
    within: anyCase,
    codes: [],
    closes: null,
  },
  accept: {
    on: "revision",
    from: ["submitted"],
    to: "live",
    by: moderators,
    people: 1,
    within: ["submission"],
    codes: [],
    closes: "accepted",
  },
  "request-changes": {
    on: "revision",
    from: ["submitted"],
    to: "changes-requested",
    by: moderators,
    people: 1,
    within: ["submission"],
    codes: [],
    closes: null,
  },
  refuse: {
    on: "revision",
    from: ["submitted"],
    to: "rejected",
    by: moderators,
    people: 2,
    within: ["submission"],
    codes: [],
    closes: "rejected",
  },
  /** The emergency brake: at once, by one person, whoever has the case. */
  hide: {
    on: "listing",
    from: ["listed", "paused"],
    to: "suspended",
    by: moderators,
    people: 1,
    within: anyCase,
    codes: [],
    closes: null,
  },
  suspend: {
    on: "listing",
    from: ["listed", "paused", "suspended"],
    to: "suspended",
    by: moderators,
    people: 2,
    within: aboutListing,
    codes: ["discipline-present", "inactive", "name-mismatch", "not-found"],
    closes: "suspended",
  },
  restore: {
    on: "listing",
    from: ["suspended"],
    to: "listed",
    by: moderators,
    people: 2,
    within: aboutListing,
    codes: [],
    closes: "restored",
  },
  remove: {
    on: "listing",
    from: ["pending", "listed", "paused", "suspended"],
    to: "removed",
    by: moderators,
    people: 2,
    within: aboutListing,
    codes: [],
    closes: "removed",
  },
  /** Looked into, and nothing changes. A listing that is down stays down: that takes a restore. */
  keep: {
    on: "listing",
    from: ["draft", "pending", "listed", "paused", "removed"],
    to: null,
    by: moderators,
    people: 1,
    within: aboutListing,
    codes: [],
    closes: "no-change",
  },
  uphold: {
    on: "appeal",
    from: ["open"],
    to: null,
    by: ["lead"],
    people: 1,
    within: ["appeal"],
    codes: [],
    closes: "upheld",
  },
  overturn: {
    on: "appeal",
    from: ["open"],
    to: null,
    by: moderators,
    people: 2,
    within: ["appeal"],
    codes: [],
    closes: "overturned",
  },
} as const satisfies Record<DecisionAction, DecisionRule>;

/** How many different people a decision takes. @param track of the check; null for all else */
export function peopleFor(action: DecisionAction, track: CheckTrack | null): 1 | 2 {
  const { people } = decisionRules[action];
  if (people !== "two-for-affirming-practice") return people;
  return track === "affirming-practice" ? 2 : 1;
}

/** Whether someone with these roles may decide so, on a check of that track. */
export function mayDecide(
  roles: readonly Role[],
  action: DecisionAction,
  track: CheckTrack | null,
): boolean {
  const by: readonly Role[] = decisionRules[action].by;
  return roles.some(
    (role) =>
      by.includes(role) && (role !== "lived-experience-reviewer" || track === "affirming-practice"),
  );
}

/** What can be decided on something in a state, in one kind of case. */
export function actionsOn(
  subject: DecisionSubject,
  state: string,
  kind: CaseKind,
): DecisionAction[] {
  return (Object.keys(decisionRules) as DecisionAction[]).filter((action) => {
    const rule: DecisionRule = decisionRules[action];
    const from: readonly string[] = rule.from;
    return rule.on === subject && from.includes(state) && rule.within.includes(kind);
  });
}

/** Decisions that their therapist can have looked at once more, within so many days. */
export const appealable = [
  "unable-to-verify",
  "reject",
  "refuse",
  "hide",
  "suspend",
  "remove",
] as const satisfies readonly DecisionAction[];
