import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import {
  checkbox,
  lengthOf,
  manyOf,
  oneOf,
  oneOrNone,
  optionalDay,
  optionalNumber,
  optionalText,
  requiredText,
  version,
} from "./schema.ts";

const wrong = Symbol("wrong");

function outcome(schema: z.ZodType, given: unknown): unknown {
  const result = schema.safeParse(given);
  return result.success ? result.data : wrong;
}

test.each<[string, z.ZodType, unknown, unknown]>([
  ["required text", requiredText(5), " abc ", "abc"],
  ["required text", requiredText(5), "   ", wrong],
  ["required text", requiredText(5), undefined, wrong],
  ["required text", requiredText(5), "abcdef", wrong],
  ["required text", requiredText(5), "😀😀😀😀😀", "😀😀😀😀😀"],
  ["required text of 3", requiredText(5, 3), "ab", wrong],
  ["required text of 3", requiredText(5, 3), "😀😀", wrong],
  ["required text of 3", requiredText(5, 3), "abc", "abc"],
  ["optional text", optionalText(5), undefined, null],
  ["optional text", optionalText(5), "  \n", null],
  ["optional text", optionalText(5), " abcde ", "abcde"],
  ["optional text", optionalText(5), "abcdef", wrong],
  ["checkbox", checkbox, "on", true],
  ["checkbox", checkbox, "true", false],
  ["checkbox", checkbox, undefined, false],
  ["one of", oneOf(["a", "b"]), "b", "b"],
  ["one of", oneOf(["a", "b"]), "", wrong],
  ["one of", oneOf(["a", "b"]), "constructor", wrong],
  ["one or none", oneOrNone(["a"]), undefined, null],
  ["one or none", oneOrNone(["a"]), "", null],
  ["one or none", oneOrNone(["a"]), "a", "a"],
  ["one or none", oneOrNone(["a"]), "b", wrong],
  ["many of", manyOf(["a", "b"]), [], []],
  ["many of", manyOf(["a", "b"]), ["b", "a", "b"], ["b", "a"]],
  ["many of", manyOf(["a", "b"]), ["a", "c"], wrong],
  ["many of, two at least", manyOf(["a", "b"], { min: 2 }), ["a", "a"], wrong],
  ["many of, one at most", manyOf(["a", "b"], { max: 1 }), ["a", "b"], wrong],
  ["many of", manyOf(["a", "b"]), Array.from({ length: 1000 }, () => "a"), wrong],
  ["day", optionalDay, "", null],
  ["day", optionalDay, " 2028-02-29 ", "2028-02-29"],
  ["day", optionalDay, "2027-02-29", wrong],
  ["day", optionalDay, "2027-13-01", wrong],
  ["day", optionalDay, "2027-04-31", wrong],
  ["day", optionalDay, "0000-01-01", wrong],
  ["day", optionalDay, "+002027-01-01", wrong],
  ["day", optionalDay, "2027-1-1", wrong],
  ["number", optionalNumber(10, 240), "", null],
  ["number", optionalNumber(10, 240), " 50 ", 50],
  ["number", optionalNumber(10, 240), "10", 10],
  ["number", optionalNumber(10, 240), "240", 240],
  ["number", optionalNumber(10, 240), "9", wrong],
  ["number", optionalNumber(10, 240), "241", wrong],
  ["number", optionalNumber(0, 240), "-1", wrong],
  ["number", optionalNumber(0, 240), "1.5", wrong],
  ["number", optionalNumber(0, 240), "1e2", wrong],
  ["number", optionalNumber(0, 240), "0x10", wrong],
  ["number", optionalNumber(0, 240), "٣", wrong],
  ["version", version, undefined, 0],
  ["version", version, "12", 12],
  ["version", version, "-12", 0],
  ["version", version, "12345678901234567890", 0],
])("%s: %#", (_, schema, given, expected) => {
  expect(outcome(schema, given)).toEqual(expected);
});

describe("for any text", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }));

  test("what fits is kept without the blanks around it, and what does not is refused", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 20 }), (given, max) => {
        const kept = given.trim();
        const fits = lengthOf(kept) <= max;
        expect(outcome(optionalText(max), given)).toBe(fits ? kept || null : wrong);
        expect(outcome(requiredText(max), given)).toBe(fits && kept ? kept : wrong);
      }),
    );
  });

  test("every day of the calendar is one", () => {
    const days = fc.date({
      min: new Date("0001-01-01T00:00:00Z"),
      max: new Date("9999-12-31T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10);
        expect(outcome(optionalDay, day)).toBe(day);
      }),
    );
  });
});
