import { affirmativeCheckStates, type CheckState, type CheckTrack } from "#db/vocabulary.ts";

/** Dates are `YYYY-MM-DD` strings, which compare as the days they are. */
export type Day = string;

export type CheckDates = {
  state: CheckState;
  checkedOn: Day | null;
  validUntil: Day | null;
  expiresOn: Day | null;
  nextCheckOn: Day | null;
};

/** What a reader may be told about a check on one day. */
export type CheckStatus =
  | "current"
  | "current-with-conditions"
  | "expiring"
  | "expired"
  | "waiting"
  | "unable-to-verify"
  | "not-shown";

const EXPIRING_WITHIN_DAYS = 60;

/** The last day on which an affirmative check still counts, or null when it says no such thing. */
export function lastDayOf(check: CheckDates): Day | null {
  if (!(affirmativeCheckStates as readonly string[]).includes(check.state)) return null;
  const ends = [check.validUntil, check.expiresOn].filter((day) => day !== null);
  return ends.toSorted()[0] ?? null;
}

export function isCurrent(check: CheckDates, today: Day): boolean {
  const last = lastDayOf(check);
  return last !== null && last >= today;
}

/** Derived from dates at read time, so a job that did not run cannot leave a false word. */
export function checkStatus(check: CheckDates, today: Day): CheckStatus {
  const last = lastDayOf(check);
  if (last !== null) {
    if (last < today) return "expired";
    if (last <= addDays(today, EXPIRING_WITHIN_DAYS)) return "expiring";
    return check.state === "verified-with-conditions" ? "current-with-conditions" : "current";
  }
  if (["attested", "in-review", "needs-info", "disputed"].includes(check.state)) return "waiting";
  if (check.state === "unable-to-verify") return "unable-to-verify";
  return "not-shown";
}

/** Adds whole days in UTC. */
export function addDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Days are counted in UTC everywhere, so that two processes never disagree about today. */
export function todayUtc(now: Date = new Date()): Day {
  return now.toISOString().slice(0, 10);
}

/** Safety, identity and the rest, in the order in which readers meet them. */
export const trackOrder = [
  "identity",
  "right-to-practise",
  "safety",
  "affirming-practice",
] as const satisfies readonly CheckTrack[];
