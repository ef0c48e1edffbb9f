import { describe, expect, test } from "vitest";
import { addDays, type CheckDates, checkStatus, isCurrent, lastDayOf } from "./rules.ts";

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
