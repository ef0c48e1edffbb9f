import { describe, expect, test } from "vitest";
import { type ClaimType, claimTypes } from "#db/vocabulary.ts";
import {
  addDays,
  type CheckDates,
  cadenceOf,
  checkStatus,
  countsAsPrimary,
  daysFor,
  defaultCadence,
  isCurrent,
  lastDayOf,
  nextCheckFor,
  tooEarly,
  validUntilFor,
} from "./rules.ts";

const today = "2026-11-23";
const check = (given: Partial<CheckDates>): CheckDates => ({
  state: "verified",
  checkedOn: "2026-01-10",
  validUntil: "2027-01-31",
  expiresOn: null,
  nextCheckOn: null,
  ...given,
});

describe("checkStatus: derived from dates on the day it is read", () => {
  test.each([
    [{ validUntil: "2027-06-30" }, "current"],
    [{ validUntil: "2027-06-30", state: "verified-with-conditions" }, "current-with-conditions"],
    [{ validUntil: "2027-06-30", expiresOn: "2026-11-22" }, "expired"],
    [{ validUntil: today }, "expiring"],
    [{ validUntil: "2026-11-22" }, "expired"],
    [{ validUntil: addDays(today, 60) }, "expiring"],
    [{ validUntil: addDays(today, 61) }, "current"],
    [{ state: "attested" }, "waiting"],
    [{ state: "in-review" }, "waiting"],
    [{ state: "needs-info" }, "waiting"],
    [{ state: "disputed" }, "waiting"],
    [{ state: "unable-to-verify" }, "unable-to-verify"],
    [{ state: "rejected" }, "not-shown"],
    [{ state: "withdrawn" }, "not-shown"],
    [{ state: "entered-in-error" }, "not-shown"],
  ] as const)("%o is %s", (given, status) => {
    expect(checkStatus(check(given), today)).toBe(status);
  });
});

test("a check counts on its last day and not on the next", () => {
  const given = check({ validUntil: "2027-06-30", expiresOn: "2027-03-01" });
  expect(lastDayOf(given)).toBe("2027-03-01");
  expect(isCurrent(given, "2027-03-01")).toBe(true);
  expect(isCurrent(given, "2027-03-02")).toBe(false);
});

test("days are added across months, years and leap days", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
});

describe("cadence: how long a yes holds, and when the next look begins", () => {
  const table: [ClaimType, number, number][] = [
    ["identity", 1095, 60],
    ["credential", 365, 60],
    ["discipline", 92, 14],
    ["exclusion", 35, 7],
    ["insurance", 365, 14],
    ["supervision", 182, 14],
    ["training", 1095, 14],
    ["practice-statements", 730, 30],
  ];

  test("every claim has one, and no next look begins before the last is over", () => {
    expect(table.map(([claimType]) => claimType).sort()).toEqual([...claimTypes].sort());
    expect(tooEarly(defaultCadence)).toEqual([]);
  });

  test.each(table)("%s: %i days, the next look %i days ahead", (claimType, days, ahead) => {
    const end = addDays(today, days);
    const until = (expiresOn: string | null) =>
      validUntilFor(claimType, today, expiresOn, defaultCadence);
    expect(until(null)).toBe(end);
    expect(until(addDays(end, 1))).toBe(end);
    expect(until(addDays(end, -1))).toBe(addDays(end, -1));
    const next = (checkedOn: string) => nextCheckFor(claimType, checkedOn, end, defaultCadence);
    expect(next(today)).toBe(addDays(end, -ahead));
    expect(next(addDays(end, -ahead - 1))).toBe(addDays(end, -ahead));
    expect(next(addDays(end, -ahead))).toBe(end);
    expect(next(end)).toBe(end);
  });

  test("a look that was no yes is repeated where boards and states act on their own", () => {
    const next = Object.fromEntries(
      claimTypes.map((claimType) => [
        claimType,
        nextCheckFor(claimType, today, null, defaultCadence),
      ]),
    );
    expect(next).toEqual({
      ...Object.fromEntries(claimTypes.map((claimType) => [claimType, null])),
      discipline: addDays(today, 78),
      exclusion: addDays(today, 28),
    });
  });

  test("what an operator changes holds, and everything else stays", () => {
    const changed = cadenceOf({ days: { credential: 180, everything: 700 }, primaryWithin: 90 });
    expect(daysFor("credential", changed)).toBe(180);
    expect(daysFor("identity", changed)).toBe(700);
    expect(daysFor("training", changed)).toBe(700);
    expect(daysFor("exclusion", changed)).toBe(35);
    expect(changed.ahead).toEqual(defaultCadence.ahead);
    expect(changed.primaryWithin).toBe(90);
    expect(tooEarly(cadenceOf({ days: { everything: 14 } }))).toContain("insurance");
    expect(tooEarly(cadenceOf({ days: { everything: 15 } }))).not.toContain("insurance");
  });

  test.each([
    [0, true],
    [-120, true],
    [-121, false],
    [1, true],
    [2, false],
  ])("a source dated %i days from today counts as primary: %s", (days, counts) => {
    expect(countsAsPrimary(addDays(today, days), today)).toBe(counts);
  });

  test("a source without a date, or older than the operator wants, does not", () => {
    expect(countsAsPrimary(null, today)).toBe(false);
    expect(countsAsPrimary(addDays(today, -91), today, { primaryWithin: 90 })).toBe(false);
  });
});
