import { type SessionFormat, sessionFormats } from "#db/vocabulary.ts";
import type { Reach } from "./rules.ts";

const DAYS = 100_000;
const MS_PER_DAY = 86_400_000;

/**
 * Where someone reaches readers, as numbers for one field of the index: region, format and last day
 * in one. All days of a region and format lie in one range, and later days are larger, so "reaches
 * them there today" is a range. A field for each region made every query several times slower.
 */
export function reachNumbers(reach: Reach): number[] {
  return Object.entries(reach).flatMap(([region, formats]) =>
    sessionFormats.flatMap((format) => {
      const until = formats[format];
      return until === undefined ? [] : [startOf(region, format) + daysSince1970(until)];
    }),
  );
}

/** The filter for those who reach a reader in a region by a format on a day. */
export function reachFilter(region: string, format: SessionFormat, day: string): string {
  const start = startOf(region, format);
  return `reach ${start + daysSince1970(day)} TO ${start + DAYS - 1}`;
}

/** The same numbers for Postgres: all days up to the last one, as ranges of a multirange. */
export function reachRanges(numbers: readonly number[]): string {
  const ranges = numbers.map((last) => `[${last - (last % DAYS)},${last + 1})`);
  return `{${ranges.join(",")}}`;
}

/** The number that lies in a range of `reachRanges` when they reach a reader there on a day. */
export function reachPoint(region: string, format: SessionFormat, day: string): number {
  return startOf(region, format) + daysSince1970(day);
}

/** From the code itself, not from a place in a list: the list may change while the index stays. */
function startOf(region: string, format: SessionFormat): number {
  const [country = "", part = ""] = region.split("-");
  // Five digits to the base of 36 below 2^26, four formats, 100,000 days: exact in a double.
  const place = Number.parseInt(country.padEnd(2, "0") + part.padEnd(3, "0"), 36);
  return (place * sessionFormats.length + sessionFormats.indexOf(format)) * DAYS;
}

function daysSince1970(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY);
}
