import { expect, test } from "vitest";
import { coarse } from "./rules.ts";

test.each([
  ["reader", "2xx", 99, 0],
  ["reader", "4xx", 250, 200],
  ["reader", "5xx", 1, 1],
  ["both", "2xx", 101, 100],
  ["staff", "2xx", 3, 3],
] as const)("%s %s: of %i answers, %i are told", (plane, status, count, told) => {
  expect(coarse(plane, status, count)).toBe(told);
});
