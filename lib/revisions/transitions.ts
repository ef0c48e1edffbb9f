import { editableRevisionStates, type RevisionState, type Role } from "#db/vocabulary.ts";

type Transition = { from: readonly RevisionState[]; to: RevisionState; by: Role };

/** How a revision moves, as far as its therapist moves it. */
export const transitions = {
  submit: { from: editableRevisionStates, to: "submitted", by: "therapist" },
  withdraw: { from: ["submitted"], to: "draft", by: "therapist" },
  /** Lets the changes go and stays with what is live. */
  discard: { from: editableRevisionStates, to: "withdrawn", by: "therapist" },
} as const satisfies Record<string, Transition>;
