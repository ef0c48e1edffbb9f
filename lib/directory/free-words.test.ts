import fc from "fast-check";
import { expect, test } from "vitest";
import { plainText, vocabularyOf, wordQuery } from "./free-words.ts";

const anyUnit = fc.integer({ min: 1, max: 0xffff }).map((unit) => String.fromCharCode(unit));
const vocabulary = vocabularyOf(["emdr", "emotion", "therapist", "theory", "sex", "set"]);

test.each([
  ["EMDR", "'EMDR':*"],
  ["  eye-movement/desensitization ", "'eye' & 'movement' & 'desensitization':*"],
  ["women's", "'women' & 's':*"],
  ["Ñandú", "'Ñandú':*"],
])("%s is looked for as %s", (typed, exact) => {
  expect(wordQuery(typed, vocabulary)?.exact).toBe(exact);
});

test.each([
  ["emrd", ["emdr"]],
  ["Émdr", []],
  ["tehrapits", ["therapist"]],
  ["sxe", []],
  ["xmdr", []],
])("%s may mean %j as well", (typed, meant) => {
  const near = wordQuery(typed, vocabulary)?.near;
  expect(near).toBe(`(${[`'${typed}':*`, ...meant.map((word) => `'${word}'`)].join(" | ")})`);
});

test.each(["", "?!", " - ", "'"])("%j looks for nothing", (typed) => {
  expect(wordQuery(typed, vocabulary)).toBeNull();
});

test("whatever is typed, nothing of it is an operator", () => {
  fc.assert(
    fc.property(fc.string({ unit: anyUnit, maxLength: 200 }), (typed) => {
      const query = wordQuery(typed, vocabulary);
      if (query === null) return;
      expect(query.exact).toMatch(/^'[\p{L}\p{M}\p{N}]+'(:\*)?( & '[\p{L}\p{M}\p{N}]+'(:\*)?)*$/u);
      expect(query.exact.split(" & ").length).toBeLessThanOrEqual(10);
    }),
  );
});

test("a text keeps its words and nothing else", () => {
  expect(plainText(["a/b", "", "c@d.example", "—"])).toBe("a b c d example");
});
