import {
  type DecisionAction,
  type DecisionSubject,
  decisionActions,
  type ReportKind,
  reportKinds,
} from "#db/vocabulary.ts";
import { type DecisionRule, decisionRules } from "#lib/decisions/transitions.ts";
import { addDays, type Day } from "#lib/vetting/rules.ts";

/** Counts below this are never said. */
export const fewest = 5;

/** The slowest tenth is said of so many cases or more: of fewer it is one person's wait. */
export const tenthFrom = 10;

/** `YYYY-MM` */
export type Month = string;

/** What may be said of the months of a year; null: not said. */
export type Published = {
  months: readonly (number | null)[];
  /** Of a year that is over; null as well where it would give a month away. */
  total: number | null;
};

/**
 * What may be said of some months, and of their sum. What is hidden may still be any number below
 * five, even to someone who knows this rule: a sum that would rule one of them out is hidden too.
 */
export function publish(counts: readonly number[], { whole }: { whole: boolean }): Published {
  const hidden = counts.filter((count) => count < fewest);
  const left = sum(hidden);
  const most = fewest - 1;
  const tellsNothing = hidden.length === 0 || (left >= most && left <= most * (hidden.length - 1));
  const total = sum(counts);
  return {
    months: counts.map((count) => (count < fewest ? null : count)),
    total: whole && tellsNothing && total >= fewest ? total : null,
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

export type Series =
  | DecisionAction
  | "appealed"
  | `report-${ReportKind}`
  | "report-upheld"
  | "report-dismissed"
  | "finding-used"
  | "finding-dismissed";

export const numberGroups = [
  "profiles",
  "looks",
  "listings",
  "appeals",
  "reports",
  "registers",
] as const;
export type NumberGroup = (typeof numberGroups)[number];

const decisionsOn = (subject: DecisionSubject) =>
  decisionActions.filter((action) => {
    const rule: DecisionRule = decisionRules[action];
    return rule.on === subject;
  });

/**
 * All that is counted. Nothing is counted twice, and no sum of two is published: each could give
 * away what the other one hides.
 */
export const series: Record<NumberGroup, readonly Series[]> = {
  profiles: decisionsOn("revision"),
  looks: decisionsOn("check"),
  listings: decisionsOn("listing"),
  appeals: ["appealed", ...decisionsOn("appeal")],
  reports: [
    ...reportKinds.map((kind) => `report-${kind}` as const),
    "report-upheld",
    "report-dismissed",
  ],
  registers: ["finding-used", "finding-dismissed"],
};

/** The verbs of the audit log that are counted. */
export const countedVerbs = [
  "decision.make",
  "decision.appeal",
  "report.receive",
  "report.uphold",
  "report.dismiss",
  "register.use",
  "register.dismiss",
] as const;
export type CountedVerb = (typeof countedVerbs)[number];

/** What an event is counted as. @param word its action, or its kind; null where it has neither */
export function seriesOf(verb: CountedVerb, word: string | null): Series | undefined {
  switch (verb) {
    case "decision.make":
      return decisionActions.find((action) => action === word);
    case "decision.appeal":
      return "appealed";
    case "report.receive": {
      const kind = reportKinds.find((known) => known === word);
      return kind && `report-${kind}`;
    }
    case "report.uphold":
      return "report-upheld";
    case "report.dismiss":
      return "report-dismissed";
    case "register.use":
      return "finding-used";
    case "register.dismiss":
      return "finding-dismissed";
  }
}

/** Days from sending to decision. */
export type Waiting = {
  /** Half of them waited no longer; null where too few were decided. */
  half: number | null;
  /** Nine in ten waited no longer; null where too few were decided. */
  nine: number | null;
};

/**
 * What may be said of a wait. Whether anything is follows from counts that are published anyway, so
 * that the wait gives no count away.
 * @param decided published counts of what was waited for: accepted, refused
 */
export function publishWaiting(days: Waiting, decided: readonly (number | null)[]): Waiting {
  const known = Math.max(0, ...decided.map((count) => count ?? 0));
  return {
    half: known >= fewest ? days.half : null,
    nine: known >= tenthFrom ? days.nine : null,
  };
}

/** A month is said from the second day after it, when nothing of it can still be on its way. */
export function lastMonth(today: Day): Month {
  const [year = 0, month = 0] = addDays(today, -1).split("-").map(Number);
  return new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 7);
}

/** The months of a year that can be said, from the one in which the directory began. */
export function monthsOf(year: number, first: Month, last: Month): Month[] {
  return Array.from(
    { length: 12 },
    (_, index) => `${year}-${String(index + 1).padStart(2, "0")}`,
  ).filter((month) => first <= month && month <= last);
}

/** Years of which at least one month can be said, newest first. */
export function yearsOf(first: Month, last: Month): number[] {
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
  if (first > last) return [];
  return Array.from({ length: to - from + 1 }, (_, index) => to - index);
}
