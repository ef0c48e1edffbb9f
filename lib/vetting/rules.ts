import {
  affirmativeCheckStates,
  type CheckState,
  type CheckTrack,
  type ClaimType,
  claimTypes,
} from "#db/vocabulary.ts";

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

/** Days before its end from which a yes is said to be about to end. */
export const expiringWithin = 60;

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
    if (last <= addDays(today, expiringWithin)) return "expiring";
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

export type Cadence = {
  /** Days for which a yes holds at most; null: as long as `everything`, or the claim's own end. */
  days: Record<ClaimType, number | null> & { everything: number };
  /** Days before the end at which the next look begins. */
  ahead: Record<ClaimType, number>;
  /** Days after which what a source said about itself is no primary source any more. */
  primaryWithin: number;
};

/** How often each claim is looked at. Operators change it by `VETTING_CADENCE`. */
export const defaultCadence: Cadence = {
  days: {
    identity: 1095,
    credential: 365,
    discipline: 92,
    exclusion: 35,
    insurance: 365,
    supervision: 182,
    training: null,
    "practice-statements": 730,
    everything: 1095,
  },
  // A listing rests on the first two, and statements take two people: they are begun early.
  ahead: {
    identity: 60,
    credential: 60,
    "practice-statements": 30,
    discipline: 14,
    exclusion: 7,
    insurance: 14,
    supervision: 14,
    training: 14,
  },
  primaryWithin: 120,
};

export type CadenceChanges = {
  days?: { [K in keyof Cadence["days"]]?: number | undefined } | undefined;
  ahead?: { [K in ClaimType]?: number | undefined } | undefined;
  primaryWithin?: number | undefined;
};

/** The defaults, and what an operator changed of them. */
export function cadenceOf(changes: CadenceChanges): Cadence {
  const { days, ahead, primaryWithin } = defaultCadence;
  return {
    days: { ...days, ...said(changes.days) },
    ahead: { ...ahead, ...said(changes.ahead) },
    primaryWithin: changes.primaryWithin ?? primaryWithin,
  };
}

function said<T extends object>(
  changes: T | undefined,
): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(changes ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

/** Claims whose next look would begin before the last one was over. */
export function tooEarly(cadence: Cadence): ClaimType[] {
  return claimTypes.filter((claimType) => cadence.ahead[claimType] >= daysFor(claimType, cadence));
}

/** Days for which a yes to a claim holds, where the claim itself does not end sooner. */
export function daysFor(claimType: ClaimType, { days }: Cadence): number {
  return Math.min(days[claimType] ?? days.everything, days.everything);
}

/** The last day of a yes that is given now: the claim's own end, or the cadence if that is sooner. */
export function validUntilFor(
  claimType: ClaimType,
  checkedOn: Day,
  expiresOn: Day | null,
  cadence: Cadence,
): Day {
  const end = addDays(checkedOn, daysFor(claimType, cadence));
  return expiresOn !== null && expiresOn < end ? expiresOn : end;
}

/** Watched whether or not the last look said yes: lists of whom boards and states act against. */
const swept: readonly ClaimType[] = ["discipline", "exclusion"];

/**
 * The day on which the next look begins. Whoever looked when the end was near already looks again
 * on the last day; null: when it is asked for. @param validUntil null when the look was no yes
 */
export function nextCheckFor(
  claimType: ClaimType,
  checkedOn: Day,
  validUntil: Day | null,
  cadence: Cadence,
): Day | null {
  const ahead = cadence.ahead[claimType];
  if (validUntil === null) {
    const wait = daysFor(claimType, cadence) - ahead;
    return swept.includes(claimType) ? addDays(checkedOn, wait) : null;
  }
  const early = addDays(validUntil, -ahead);
  return checkedOn < early ? early : validUntil;
}

/**
 * Whether what a register said still counts as its own word. @param sourceAsOf the source's own
 * date; what has none proves no age, and a date to come is a slip
 */
export function countsAsPrimary(
  sourceAsOf: Day | null,
  today: Day,
  { primaryWithin }: Pick<Cadence, "primaryWithin"> = defaultCadence,
): boolean {
  if (sourceAsOf === null || sourceAsOf > addDays(today, 1)) return false;
  return addDays(sourceAsOf, primaryWithin) >= today;
}
