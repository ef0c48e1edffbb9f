import fc from "fast-check";
import { expect, test } from "vitest";
import { editDistance } from "./suggest-places.ts";

test.each([
  ["porltand", "portland", 1],
  ["angelas", "angeles", 1],
  ["chicgo", "chicago", 1],
  ["chiccago", "chicago", 1],
  ["bostno ma", "boston me", 2],
  ["boston", "boston", 0],
  ["boston", "austin", undefined],
])("%s to %s is %s", (a, b, distance) => expect(editDistance(a, b, 2)).toBe(distance));

test("the distance there is the distance back", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 });
  fc.assert(fc.property(word, word, (a, b) => editDistance(a, b, 3) === editDistance(b, a, 3)));
});
