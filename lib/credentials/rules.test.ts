import fc from "fast-check";
import { expect, test } from "vitest";
import { foldNumber } from "./rules.ts";

test.each([
  ["L1234", "L1234"],
  ["l-1234", "L1234"],
  [" L 12 34 ", "L1234"],
  ["LCSW#12.34/5", "LCSW12345"],
  ["PSY–0042", "PSY0042"],
  ["ñ-7", "Ñ7"],
  ["0012", "0012"],
  ["---", ""],
])("%j is compared as %j", (number, folded) => {
  expect(foldNumber(number)).toBe(folded);
});

test("folding twice is folding once, and signs between never matter", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      fc.array(fc.stringMatching(/^[A-Z0-9]$/), { minLength: 1, maxLength: 20 }),
      fc.constantFrom("-", " ", ".", "/", "#", "\u00a0", "\u2013"),
      (text, signs, between) => {
        expect(foldNumber(foldNumber(text))).toBe(foldNumber(text));
        expect(foldNumber(signs.join(between).toLowerCase())).toBe(signs.join(""));
      },
    ),
  );
});
