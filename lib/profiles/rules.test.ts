import { describe, expect, test } from "vitest";
import { addDays } from "#lib/vetting/rules.ts";
import { acceptingUntil, availabilityOn, freshUntil } from "./rules.ts";

const confirmedOn = "2026-06-01";
const on = (days: number, accepting = true) =>
  availabilityOn({ accepting, nextOpening: null, confirmedOn }, addDays(confirmedOn, days));

describe("what a therapist said about openings counts for less as it ages", () => {
  test.each([
    [0, "accepting", true],
    [44, "accepting", true],
    [45, "accepting", false],
    [59, "accepting", false],
    [60, "not-known", false],
    [89, "not-known", false],
  ] as const)("after %i days: %s, confirmed lately %s", (days, status, confirmedLately) => {
    expect(on(days)).toEqual({ status, confirmedLately });
  });

  test("a no stays a no", () => {
    expect(on(80, false).status).toBe("not-accepting");
  });

  test("the last days that the index is told are the last days that the page says so", () => {
    const until = acceptingUntil({ accepting: true, nextOpening: null, confirmedOn });
    expect(until).toBe(addDays(confirmedOn, 59));
    expect(acceptingUntil({ accepting: false, nextOpening: null, confirmedOn })).toBeNull();
    expect(freshUntil({ confirmedOn })).toBe(addDays(confirmedOn, 89));
  });
});
