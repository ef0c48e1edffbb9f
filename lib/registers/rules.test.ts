import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compactDay,
  foldName,
  hasShrunk,
  nameKeys,
  numberKeys,
  RegisterError,
  readFault,
  registerNameKeys,
  splitFullName,
} from "./rules.ts";

const meets = (name: string, last: string, first: string) =>
  nameKeys(name).some((key) => registerNameKeys(last, first).includes(key));

test.each([
  ["Ana Ruiz", "RUIZ", "ANA", true],
  ["Ana María García López", "GARCIA LOPEZ", "ANA MARIA", true],
  ["Ana María García López", "GARCIA-LOPEZ", "ANA", true],
  ["Ana García-López", "GARCIA LOPEZ", "ANA", true],
  ["Dr. Siobhán O’Neill, PhD", "O'NEILL", "SIOBHAN", true],
  ["Ruiz, Ana", "RUIZ", "ANA", true],
  ["Sam Smith Jr.", "SMITH JR", "SAM", true],
  ["Søren Łęcki", "LECKI", "SOREN", true],
  ["Mary Ann Doe", "DOE", "MARY ANN", true],
  ["Ana Ruiz", "RUIZ", "EVA", false],
  ["Ana Ruiz", "RUIZ-SOLER", "ANA", false],
  ["Ana", "RUIZ", "ANA", false],
  ["", "", "", false],
  ["Ana Ruiz", "", "ANA", false],
])("%j and %j, %j: %s", (name, last, first, expected) => {
  expect(meets(name, last, first)).toBe(expected);
});

test("whoever writes their name as a register does is found", () => {
  const word = fc.stringMatching(/^[A-Z][a-z]{4,8}$/);
  fc.assert(
    fc.property(word, word, (first, last) => {
      expect(meets(`${first} ${last}`, last.toUpperCase(), first.toUpperCase())).toBe(true);
    }),
  );
});

test("no name makes a key without both of its parts", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (name) => {
      for (const key of nameKeys(name)) expect(key).toMatch(/^\p{L}+\|\p{L}+$/u);
      expect(foldName(foldName(name))).toBe(foldName(name));
    }),
  );
});

test.each([
  ["RUIZ, ANA MARIA", { last: "RUIZ", first: "ANA MARIA" }],
  ["Ana Maria Ruiz", { last: "Ruiz", first: "Ana Maria" }],
  ["Ruiz", { last: "Ruiz", first: "" }],
])("%j in one column", (full, parts) => {
  expect(splitFullName(full)).toEqual(parts);
});

test.each([
  ["LMFT 01234", "LMFT", "1234", true],
  ["1234", "LMFT", "LMFT-1234", true],
  ["01234", "LMFT", "LMFT 1234", true],
  ["1234", "", "001234", true],
  ["1234", "", "12345", false],
  ["1234", "LMFT", "LPC1234", false],
  ["LMFT", "LMFT", "LMFT", false],
  ["", "", "", false],
])("%j of an %j and %j in the register: %s", (claimed, letters, printed, expected) => {
  const keys = numberKeys(printed);
  expect(numberKeys(claimed, letters).some((key) => keys.includes(key))).toBe(expected);
});

describe("a file that shrank", () => {
  test.each([
    [0, 0, false],
    [0, 5, false],
    [100, 80, false],
    [100, 79, true],
    [100, 500, false],
  ])("from %d rows to %d: %s", (before, now, shrunk) => {
    expect(hasShrunk(before, now)).toBe(shrunk);
  });
});

test("days without hyphens", () => {
  expect(compactDay("20240118")).toBe("2024-01-18");
  expect(compactDay("00000000")).toBeNull();
  expect(compactDay("soon")).toBeNull();
});

test("what went wrong can be stored and read again", () => {
  expect(readFault(new RegisterError("wrong-columns", "NAME, STATUS").message)).toEqual({
    fault: "wrong-columns",
    detail: "NAME, STATUS",
  });
  expect(readFault(new RegisterError("timeout").message)).toEqual({ fault: "timeout", detail: "" });
  expect(readFault("ECONNREFUSED")).toBeNull();
});
