import type { SessionFormat } from "#db/vocabulary.ts";

/** `YYYY-MM-DD` */
type Day = string;

/** A current or past right to practise, as checked. */
export type Right = {
  jurisdiction: string;
  /** Last day on which it counts. */
  until: Day;
  /** Compact the privilege comes from; null for a licence of their own. */
  compactId: string | null;
};

export type ReachFacts = {
  rights: readonly Right[];
  formats: readonly SessionFormat[];
  /** Regions in which they see people in person. */
  inPersonRegions: readonly string[];
};

export type Jurisdictions = {
  /** All regions in which a right given in this jurisdiction counts. */
  regionsOf: (jurisdiction: string) => readonly string[];
};

/** For each region where a reader may be, the formats that reach them there and until when. */
export type Reach = Record<string, Partial<Record<SessionFormat, Day>>>;

/** Compacts whose privilege is for telehealth alone: PSYPACT's APIT does not cover a practice room. */
const remoteOnlyCompacts: readonly string[] = ["psypact"];

/**
 * Who may see whom where. A therapist reaches a reader in a region when they hold a right to
 * practise there, and either work remotely, or have a room in that very region. What counts is
 * where the reader *will be*, never where the therapist sits.
 */
export function reachOf(facts: ReachFacts, { regionsOf }: Jurisdictions): Reach {
  const reach: Reach = {};
  for (const right of facts.rights) {
    for (const region of regionsOf(right.jurisdiction)) {
      for (const format of facts.formats) {
        if (!formatReaches(format, region, right, facts.inPersonRegions)) continue;
        reach[region] ??= {};
        const formats = reach[region];
        const known = formats[format];
        if (known === undefined || known < right.until) formats[format] = right.until;
      }
    }
  }
  return reach;
}

function formatReaches(
  format: SessionFormat,
  region: string,
  right: Right,
  inPersonRegions: readonly string[],
): boolean {
  if (format !== "in-person") return true;
  if (right.compactId !== null && remoteOnlyCompacts.includes(right.compactId)) return false;
  return inPersonRegions.includes(region);
}

/** Days as whole numbers, `20261123`: the index compares numbers, not dates. */
export function dayNumber(day: Day): number {
  return Number(day.replaceAll("-", ""));
}

export function dayOfNumber(number: number): Day {
  const digits = String(number);
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
}
