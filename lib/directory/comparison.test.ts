import fc from "fast-check";
import { expect, test } from "vitest";
import { openComparison, readComparison, sealComparison } from "./comparison.ts";

test.each([
  [[], { slugs: [], problems: [] }],
  [["a", "b"], { slugs: ["a", "b"], problems: [] }],
  [["a", "", "b"], { slugs: ["a", "b"], problems: [] }],
  [["b", "a", "b"], { slugs: ["b", "a"], problems: ["same-twice"] }],
  [["a", "b", "c", "d"], { slugs: ["a", "b", "c", "d"], problems: [] }],
  [["a", "b", "c", "d", "e"], { slugs: ["a", "b", "c", "d"], problems: ["too-many"] }],
  [
    ["a", "a", "b", "c", "d", "e"],
    { slugs: ["a", "b", "c", "d"], problems: ["same-twice", "too-many"] },
  ],
])("%j", (asked, comparison) => {
  expect(readComparison(asked)).toEqual(comparison);
});

test("whatever is asked, at most four are compared, and all of it fits into an address", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 2000 }), { maxLength: 60 }), (asked) => {
      const comparison = readComparison(asked.map((text) => text.toWellFormed()));
      expect(comparison.slugs.length).toBeLessThanOrEqual(4);
      expect(openComparison(sealComparison(comparison))).toEqual(comparison);
    }),
  );
  const longest = readComparison(["1", "2", "3", "4"].map((n) => `${n}${"\u0001语".repeat(1000)}`));
  expect(openComparison(sealComparison(longest))).toEqual(longest);
});
