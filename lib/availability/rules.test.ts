import { describe, expect, test } from "vitest";
import { addDays } from "#lib/vetting/rules.ts";
import { daysBetween, expiryThreshold, openingsReminder } from "./rules.ts";

const confirmedOn = "2026-06-01";
const daysOn = (days: number) => addDays(confirmedOn, days);
const end = "2027-03-31";
const daysBefore = (days: number) => addDays(end, -days);

describe("when we ask whether openings still hold", () => {
  test.each([
    [0, null],
    [29, null],
    [30, "ask"],
    [31, "ask"],
    [44, "ask"],
    [89, "ask"],
    [90, "hidden"],
    [400, "hidden"],
  ] as const)("%i days after the last word, and never asked: %s", (days, due) => {
    expect(openingsReminder({ confirmedOn, remindedOn: null }, daysOn(days))).toBe(due);
  });

  test.each([
    [30, 30, null],
    [30, 43, null],
    [30, 44, "ask"],
    [43, 44, "ask"],
    [44, 57, null],
    [44, 58, "ask"],
    [58, 79, null],
    [58, 80, "ask"],
    [80, 89, null],
    [80, 90, "hidden"],
    [30, 90, "hidden"],
    [90, 91, null],
    [91, 500, null],
  ] as const)("asked on day %i, looked at on day %i: %s", (asked, today, due) => {
    const remindedOn = daysOn(asked);
    expect(openingsReminder({ confirmedOn, remindedOn }, daysOn(today))).toBe(due);
  });

  test("a new word begins the count anew", () => {
    const remindedOn = daysOn(-1);
    expect(openingsReminder({ confirmedOn, remindedOn }, daysOn(29))).toBeNull();
    expect(openingsReminder({ confirmedOn, remindedOn }, daysOn(30))).toBe("ask");
  });

  test("in 100 days without a word there are five mails, and one fewer for each day that fell out", () => {
    const mailsOn = (days: number[]) => {
      let remindedOn: string | null = null;
      let mails = 0;
      for (const day of days) {
        if (openingsReminder({ confirmedOn, remindedOn }, daysOn(day)) === null) continue;
        mails += 1;
        remindedOn = daysOn(day);
      }
      return mails;
    };
    const all = Array.from({ length: 101 }, (_, day) => day);
    expect(mailsOn(all)).toBe(5);
    expect(mailsOn(all.filter((day) => day < 44 || day > 57))).toBe(4);
    expect(mailsOn([100])).toBe(1);
  });
});

describe("when we remind of an end", () => {
  test.each([
    [61, null],
    [60, 60],
    [31, 60],
    [30, 30],
    [8, 30],
    [7, 7],
    [0, 7],
    [-1, null],
  ])("%i days before it: threshold %s", (days, threshold) => {
    expect(expiryThreshold(end, daysBefore(days))).toBe(threshold);
  });
});

test("days between are whole, over changes of summer time too", () => {
  expect(daysBetween("2026-03-01", "2026-04-01")).toBe(31);
  expect(daysBetween("2026-11-23", "2026-11-23")).toBe(0);
});
