import type { DecisionAction } from "#db/vocabulary.ts";
import { appealWithinDays } from "#lib/cases/rules.ts";
import { appealable } from "#lib/decisions/transitions.ts";
import { addDays, type Day, todayUtc } from "#lib/vetting/rules.ts";

export type Appealable = {
  action: DecisionAction;
  inForceAt: Date;
  /** Each decision can be appealed once. */
  appealed: boolean;
};

export function isAppealable(action: DecisionAction): boolean {
  return appealable.some((each) => each === action);
}

/** The last day on which a decision can be appealed; documents stay as long. */
export function lastAppealDay(inForceAt: Date): Day {
  return addDays(todayUtc(inForceAt), appealWithinDays);
}

/** Whether its therapist can have someone else look once more. */
export function mayAppeal({ action, inForceAt, appealed }: Appealable, today: Day): boolean {
  return isAppealable(action) && !appealed && today <= lastAppealDay(inForceAt);
}
