import { expect, test } from "vitest";
import { honest, inWords, sumUp } from "./tally.ts";

const good = { passed: 3, failed: 0, skipped: 1 };

test("a runner that ran nothing has failed", () => {
  expect(honest({ passed: 0, failed: 0, skipped: 5 }, 0).failed).toBe(1);
});

test("a runner that failed as a whole has failed", () => {
  expect(honest(good, 1).failed).toBe(1);
});

test("failures are not counted twice", () => {
  expect(honest({ ...good, failed: 2 }, 1).failed).toBe(2);
});

test("sums are true and skipped tests are named only when there are any", () => {
  const outcome = { name: "x", seconds: 1, ...good };
  expect(inWords(sumUp([outcome, outcome]))).toBe("6 passed, 0 failed, 2 skipped");
  expect(inWords({ passed: 1, failed: 0, skipped: 0 })).toBe("1 passed, 0 failed");
});
