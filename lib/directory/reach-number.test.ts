import fc from "fast-check";
import { expect, test } from "vitest";
import { sessionFormats } from "#db/vocabulary.ts";
import { listRegions } from "#lib/reference/queries.ts";
import { addDays } from "#lib/vetting/rules.ts";
import { reachFilter, reachNumbers, reachPoint, reachRanges } from "./reach-number.ts";

const regions = listRegions().map(({ code }) => code);

function matches(numbers: readonly number[], filter: string): boolean {
  const [from = 0, to = 0] = (/^reach (\d+) TO (\d+)$/.exec(filter) ?? []).slice(1).map(Number);
  return numbers.some((number) => number >= from && number <= to);
}

test("a filter matches its own region and format until the last day, and no other", () => {
  const place = fc.constantFrom(...regions);
  const format = fc.constantFrom(...sessionFormats);
  const days = fc.integer({ min: 0, max: 20_000 });
  fc.assert(
    fc.property(
      place,
      format,
      days,
      place,
      format,
      days,
      (region, by, last, asked, wanted, now) => {
        const until = addDays("2020-01-01", last);
        const today = addDays("2020-01-01", now);
        const numbers = reachNumbers({ [region]: { [by]: until } });
        const reaches = region === asked && by === wanted && until >= today;
        expect(matches(numbers, reachFilter(asked, wanted, today))).toBe(reaches);
        expect(numbers.every(Number.isSafeInteger)).toBe(true);
      },
    ),
  );
});

test("no two regions share a number", () => {
  const all = regions.map((region) => reachFilter(region, "video", "2026-11-23"));
  expect(new Set(all).size).toBe(regions.length);
});

test("a region and a day are in the ranges just when they are in the engine's numbers", () => {
  const day = "2026-11-24";
  const ranges = reachRanges(reachNumbers({ "US-CA": { video: day }, "GB-ENG": { phone: day } }));
  const within = (point: number) =>
    [...ranges.matchAll(/\[(\d+),(\d+)\)/g)].some(
      ([, from, to]) => point >= Number(from) && point < Number(to),
    );
  expect(within(reachPoint("US-CA", "video", day))).toBe(true);
  expect(within(reachPoint("US-CA", "video", "2026-01-01"))).toBe(true);
  expect(within(reachPoint("US-CA", "video", "2026-11-25"))).toBe(false);
  expect(within(reachPoint("US-CA", "phone", day))).toBe(false);
  expect(within(reachPoint("US-NV", "video", day))).toBe(false);
  expect(within(reachPoint("GB-ENG", "phone", day))).toBe(true);
});
