import fc from "fast-check";
import { expect, test } from "vitest";
import { barWidth, floor, frame, topFor, xOf, yOf } from "./scale.ts";

test.each([
  [0, 2],
  [1, 2],
  [5, 6],
  [9, 10],
  [10, 10],
  [11, 20],
  [61, 80],
  [1_200, 2_000],
])("a scale for %i ends at %i", (most, top) => {
  expect(topFor(most)).toBe(top);
});

test("every value lies inside its chart, the higher the larger", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (one, other) => {
      const [low, high] = one < other ? [one, other] : [other, one];
      const top = topFor(high);
      expect(Number.isInteger(top / 2)).toBe(true);
      expect(yOf(high, top)).toBeGreaterThanOrEqual(frame.top);
      expect(yOf(low, top)).toBeGreaterThanOrEqual(yOf(high, top));
      expect(yOf(0, top)).toBe(floor);
    }),
  );
});

test("twelve months stand beside each other", () => {
  const places = Array.from({ length: 12 }, (_, index) =>
    xOf(`2026-${String(index + 1).padStart(2, "0")}`),
  );
  places.reduce((before, place) => {
    expect(place - before).toBeGreaterThan(barWidth);
    return place;
  }, frame.left - barWidth);
  expect((places.at(-1) ?? 0) + barWidth / 2).toBeLessThanOrEqual(frame.width);
});
