import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ReportKind, reportKinds } from "#db/vocabulary.ts";
import { parseForm, typedOf } from "#lib/forms/rules.ts";
import { lengthOf } from "#lib/forms/schema.ts";
import { dailyLimits, hasRoom, isUrgent, mostWords, sameness } from "./rules.ts";
import { reportForm, settlementOf } from "./schema.ts";

const anything = fc
  .tuple(fc.string({ unit: "binary", maxLength: 40 }), fc.nat(150))
  .map(([text, times]) => text.repeat(times));

describe("urgent", () => {
  test.each<[ReportKind, number, boolean]>([
    ["harm", 1, true],
    ["not-who-they-say", 1, true],
    ["privacy", 1, true],
    ["wrong-facts", 1, false],
    ["wrong-facts", 2, false],
    ["wrong-facts", 3, true],
    ["not-accepting", 2, false],
    ["not-accepting", 3, true],
  ])("%s as number %i: %s", (kind, recent, urgent) => {
    expect(isUrgent(kind, recent)).toBe(urgent);
  });
});

describe("room", () => {
  const { ofListing, ofSite, ofHarm } = dailyLimits;
  test.each<[ReportKind, Parameters<typeof hasRoom>[1], boolean]>([
    ["wrong-facts", { ofListing: 0, ofHarm: 0, ofSite: 0 }, true],
    ["wrong-facts", { ofListing: ofListing - 1, ofHarm: 0, ofSite: ofSite - 1 }, true],
    ["wrong-facts", { ofListing, ofHarm: 0, ofSite: ofListing }, false],
    ["wrong-facts", { ofListing: 0, ofHarm: 0, ofSite }, false],
    ["privacy", { ofListing, ofHarm: 0, ofSite: ofListing }, false],
    ["harm", { ofListing, ofHarm: 0, ofSite: ofListing }, true],
    ["harm", { ofListing: 0, ofHarm: 0, ofSite }, true],
    ["harm", { ofListing: ofListing - 1, ofHarm, ofSite: ofSite - 1 }, true],
    ["harm", { ofListing, ofHarm: ofHarm - 1, ofSite }, true],
    ["harm", { ofListing, ofHarm, ofSite: ofListing }, false],
    ["harm", { ofListing: ofHarm, ofHarm, ofSite }, false],
  ])("%s on a day of %o: %s", (kind, today, room) => {
    expect(hasRoom(kind, today)).toBe(room);
  });
});

describe("the same report", () => {
  const day = "2026-11-23";
  const said = { caseId: "c", kind: "harm", words: "They  said\nNO" } as const;
  const same = (change: object, on = day) => sameness({ ...said, ...change }, on);

  test("is the same whatever its blanks, its capitals and its day", () => {
    expect(same({ words: " they said no\n" }, "2026-11-24")).toBe(same({}));
    expect(same({ words: "Se\u0301" })).toBe(same({ words: "s\u00e9" }));
  });
  test("without words is one a day", () => {
    expect(same({ words: null })).toBe(same({ words: null }));
    expect(same({ words: null }, "2026-11-24")).not.toBe(same({ words: null }));
    expect(same({ words: null })).not.toBe(same({ words: day }));
  });
  test.each([{ caseId: "d" }, { kind: "privacy" }, { words: "they said yes" }])(
    "not: %o",
    (other) => {
      expect(same(other)).not.toBe(same({}));
    },
  );
});

describe("a form", () => {
  const sent = (fields: Record<string, string>) =>
    parseForm(reportForm, typedOf(Object.entries(fields)));

  test.each(reportKinds)("takes %s, with words and without", (kind) => {
    expect(sent({ kind })).toEqual({ ok: true, value: { kind, words: null } });
    expect(sent({ kind, words: " so\r\nit was " })).toEqual({
      ok: true,
      value: { kind, words: "so\nit was" },
    });
  });

  test.each(["", "Harm", "harm ", "constructor", "__proto__", "murder"])("not %j", (kind) => {
    expect(sent({ kind, words: "x" })).toEqual({ ok: false, errors: { kind: { code: "choose" } } });
  });

  test("counts the words as people count them, and keeps them to the letter", () => {
    fc.assert(
      fc.property(anything, (words) => {
        const clean = words.replaceAll(/\r\n?/g, "\n").replaceAll("\0", "").toWellFormed().trim();
        const parsed = sent({ kind: "harm", words });
        if (lengthOf(clean) > mostWords) {
          expect(parsed).toMatchObject({ errors: { words: { code: "too-long" } } });
        } else {
          expect(parsed).toEqual({ ok: true, value: { kind: "harm", words: clean || null } });
        }
      }),
      { examples: [["🌂".repeat(2000)], ["🌂".repeat(2001)], ["a".repeat(2001)]] },
    );
  });
});

test.each<[string, ReturnType<typeof settlementOf>]>([
  ["uphold-report", { reportId: "r", upheld: true }],
  ["dismiss-report", { reportId: "r", upheld: false }],
  ["claim", null],
  ["constructor", null],
  ["", null],
])("a button that says %j", (intent, settlement) => {
  expect(settlementOf({ intent: [intent], report: ["r"] })).toEqual(settlement);
});
