import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  columnOf,
  delimiterOf,
  foldWords,
  forgottenOn,
  quoted,
  readHeader,
  splitList,
  textFault,
  tidyAddress,
} from "./rules.ts";

test.each([
  ["email,display_name,city", ","],
  ["email;display_name;city", ";"],
  ["email\tdisplay_name\tcity", "\t"],
  ['"email";"display_name, shown";"city"', ";"],
  ["email", ","],
  ["", ","],
])("the cells of %j are divided by %j", (line, delimiter) => {
  expect(delimiterOf(line)).toBe(delimiter);
});

test.each([
  ["email", "email"],
  [" Display Name ", "display_name"],
  ["WORK-CONTEXTS", "work_contexts"],
  ["e-mail", undefined],
  ["__proto__", undefined],
  ["constructor", undefined],
])("the heading %j is the column %s", (heading, column) => {
  expect(columnOf(heading)).toBe(column);
});

describe("headings", () => {
  test("stand in any order; cells without one are nobody's", () => {
    expect(readHeader(["Display name", "", "email"])).toEqual({
      columns: ["display_name", null, "email"],
    });
  });

  test("say all that is wrong with them at once", () => {
    expect(readHeader(["phone", "city", "City", "fax"])).toEqual({
      unknown: ["phone", "fax"],
      twice: ["city"],
      missing: ["email", "display_name"],
    });
  });
});

test.each([
  [" ANA@Mail.Example ", "ana@mail.example"],
  ["ａｎａ@mail.example", "ana@mail.example"],
])("%j is the address %s", (text, address) => {
  expect(tidyAddress(text)).toBe(address);
});

test("lists are divided by semicolons alone", () => {
  expect(splitList(" EMDR;; Violence or assault, at work or elsewhere ;")).toEqual([
    "EMDR",
    "Violence or assault, at work or elsewhere",
  ]);
});

test("names are compared without accents, capitals and spaces", () => {
  expect(foldWords("  Atención\n PLENA ")).toBe(foldWords("atencion plena"));
  expect(foldWords("עברית")).not.toBe(foldWords("العربية"));
});

describe("a text", () => {
  test.each(["Ana Ruiz", "Zoë Ñandú", "李小龍", "=cmd()", "O’Brien – “Bo”", "R2", "Âme", "Ana Ã"])(
    "%j is sound",
    (text) => {
      expect(textFault(text)).toBeNull();
    },
  );

  test.each([
    ["JosÃ© MarÃ­a", "José María"],
    ["it â€™s", "it ’s"],
    ["Ã\u0081ngel", "Ángel"],
  ])("%j was read in the wrong encoding", (text, hint) => {
    expect(textFault(text)).toMatchObject({ hint });
  });

  test.each([
    ["Jos\ufffd", "lost on the way"],
    ["Ana\nRuiz", "one line"],
    ["Ana\0", "invisible"],
    ["Ana\u202eziuR", "invisible"],
    ["\u200b", "letters or digits"],
    ["-- !", "letters or digits"],
  ])("%j is refused", (text, expected) => {
    expect(textFault(text)?.expected).toContain(expected);
  });

  test("that was scrambled on the way is always noticed, and what it was is named", () => {
    const accented = fc.string({ unit: fc.constantFrom(..."abcáéíóúñçüß€–’") });
    fc.assert(
      fc.property(
        accented.filter((text) => /[^a-z]/.test(text)),
        (text) => {
          const scrambled = new TextDecoder("windows-1252").decode(Buffer.from(text));
          expect(textFault(scrambled)?.hint).toBe(text);
        },
      ),
    );
  });
});

test("nothing that is quoted can steer a terminal", () => {
  expect(quoted("a\u001b[2Jb\nc")).toBe("“a\\u{1b}[2Jb\\u{a}c”");
  expect(quoted("x".repeat(100), 5)).toBe("“xxxxx…”");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(quoted(text)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test("nobody is remembered for longer than 60 days without an answer", () => {
  expect(forgottenOn("2026-11-23")).toBe("2027-01-22");
});
