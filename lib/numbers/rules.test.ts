import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decisionActions, reportKinds } from "#db/vocabulary.ts";
import {
  countedVerbs,
  fewest,
  lastMonth,
  monthsOf,
  numberGroups,
  publish,
  publishWaiting,
  series,
  seriesOf,
  yearsOf,
} from "./rules.ts";

const whole = { whole: true };

describe("publish", () => {
  test.each([
    // A year without small months is said whole.
    [[5, 6, 70], [5, 6, 70], 81],
    // One small month would be the difference.
    [[5, 6, 3], [5, 6, null], null],
    // So would several that are all none, or all four.
    [[5, 0, 0], [5, null, null], null],
    [[5, 4, 4], [5, null, null], null],
    // Two that are one and three could as well be four and none.
    [[5, 1, 3], [5, null, null], 9],
    [[1, 1, 1, 2, 3], [null, null, null, null, null], 8],
    // All of them small, and their sum as well.
    [[1, 1, 2], [null, null, null], null],
    [[], [], null],
  ])("%o becomes %o and %o", (counts, months, total) => {
    expect(publish(counts, whole)).toEqual({ months, total });
    expect(publish(counts, { whole: false })).toEqual({ months, total: null });
  });

  test("tells nobody what it hides, not even someone who knows how it hides", () => {
    const row = fc.array(fc.oneof(fc.nat(4), fc.nat(12)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(row, fc.boolean(), (counts, isWhole) => {
        const given = publish(counts, { whole: isWhole });
        const hidden = given.months.flatMap((count, index) => (count === null ? [index] : []));
        const seen = hidden.map(() => new Set<number>());
        for (const guess of guesses(hidden.length)) {
          const might = counts.map((count, index) => guess[hidden.indexOf(index)] ?? count);
          const same = JSON.stringify(publish(might, { whole: isWhole })) === JSON.stringify(given);
          if (!same) continue;
          for (const [place, count] of guess.entries()) seen[place]?.add(count);
        }
        for (const possible of seen) expect(possible.size).toBe(fewest);
      }),
      { numRuns: 300 },
    );
  });

  test("never says a number below five, and no sum that is not the sum", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 12 }), (counts) => {
        const { months, total } = publish(counts, whole);
        for (const said of [...months, total])
          expect(said ?? fewest).toBeGreaterThanOrEqual(fewest);
        if (total !== null) expect(total).toBe(counts.reduce((sum, count) => sum + count, 0));
      }),
    );
  });
});

/** Everything that so many hidden numbers could be. */
function* guesses(places: number): Generator<number[]> {
  if (places === 0) {
    yield [];
    return;
  }
  for (const rest of guesses(places - 1)) {
    for (let count = 0; count < fewest; count += 1) yield [count, ...rest];
  }
}

test.each([
  [[null, null], null, null],
  [[4, null], null, null],
  [[5, null], 3, null],
  [[9, 9], 3, null],
  [[null, 10], 3, 20],
])("of published counts %o a wait says %o and %o", (decided, half, nine) => {
  expect(publishWaiting({ half: 3, nine: 20 }, decided)).toEqual({ half, nine });
});

test("every decision, report and answer of a register is counted, and in one place", () => {
  const all = numberGroups.flatMap((group) => series[group]);
  expect(new Set(all).size).toBe(all.length);
  const words = { "decision.make": decisionActions, "report.receive": reportKinds };
  const counted = countedVerbs.flatMap((verb) =>
    [...(words[verb as keyof typeof words] ?? [null])].map((word) => seriesOf(verb, word)),
  );
  expect(new Set(counted)).toEqual(new Set(all));
  expect(counted).toHaveLength(all.length);
  expect(seriesOf("decision.make", "toString")).toBeUndefined();
  expect(seriesOf("report.receive", null)).toBeUndefined();
});

test.each([
  ["2026-11-30", "2026-10"],
  ["2026-12-01", "2026-10"],
  ["2026-12-02", "2026-11"],
  ["2027-01-01", "2026-11"],
  ["2027-01-02", "2026-12"],
])("on %s the last month is %s", (today, month) => {
  expect(lastMonth(today)).toBe(month);
});

test("years and months from the first one to the last one", () => {
  expect(yearsOf("2026-11", "2026-10")).toEqual([]);
  expect(yearsOf("2026-11", "2028-01")).toEqual([2028, 2027, 2026]);
  expect(monthsOf(2026, "2026-11", "2028-01")).toEqual(["2026-11", "2026-12"]);
  expect(monthsOf(2027, "2026-11", "2028-01")).toHaveLength(12);
  expect(monthsOf(2028, "2026-11", "2028-01")).toEqual(["2028-01"]);
});
