import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decisionActions } from "#db/vocabulary.ts";
import { addDays } from "#lib/vetting/rules.ts";
import { lastAppealDay, mayAppeal } from "./rules.ts";

const inForceAt = new Date("2026-11-02T23:59:59Z");
const open = { inForceAt, appealed: false };

describe("an appeal", () => {
  test.each([
    ["on the day itself", "2026-11-02", true],
    ["on the last of 14 days", "2026-11-16", true],
    ["on the day after", "2026-11-17", false],
  ])("%s", (_name, today, may) => {
    expect(mayAppeal({ ...open, action: "reject" }, today)).toBe(may);
  });

  test.each(decisionActions)("against %s", (action) => {
    const against = ["unable-to-verify", "reject", "refuse", "hide", "suspend", "remove"];
    expect(mayAppeal({ ...open, action }, "2026-11-03")).toBe(against.includes(action));
    expect(mayAppeal({ ...open, action, appealed: true }, "2026-11-03")).toBe(false);
  });

  test("is possible for 14 days from whatever moment on", () => {
    const moments = fc.date({
      min: new Date("2020-01-01"),
      max: new Date("2040-01-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, fc.integer({ min: -5, max: 30 }), (at, days) => {
        const today = addDays(at.toISOString().slice(0, 10), days);
        const may = mayAppeal({ inForceAt: at, appealed: false, action: "hide" }, today);
        expect(may).toBe(days <= 14);
        expect(today <= lastAppealDay(at)).toBe(may);
      }),
    );
  });
});
