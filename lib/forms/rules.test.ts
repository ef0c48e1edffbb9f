import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  changeRows,
  parseForm,
  rowCount,
  rowsIntent,
  type Typed,
  typedList,
  typedOf,
  typedValue,
} from "./rules.ts";
import { manyOf, optionalNumber, optionalText, requiredText } from "./schema.ts";

const typedFrom = (fields: Record<string, string>): Typed =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]]));

describe("what was typed", () => {
  test.each([
    ["about", true],
    ["answer-core-a", true],
    ["locations.0.city", true],
    ["locations.99.city", true],
    ["constructor", true],
    ["a".repeat(61), true],
    ["a".repeat(62), false],
    ["", false],
    ["__proto__", false],
    ["locations.0.__proto__", false],
    ["locations.100.city", false],
    ["locations.-1.city", false],
    ["locations.city", false],
    ["locations.0.city.name", false],
    ["$ACTION_ID", false],
    ["about\n", false],
    ["ábout", false],
  ])("a field called %j is kept: %s", (name, isKept) => {
    expect(Object.keys(typedOf([[name, "x"]]))).toEqual(isKept ? [name] : []);
  });

  test.each([
    ["a\r\nb\rc\nd", "a\nb\nc\nd"],
    ["a\0b", "ab"],
    ["\ud83d", "\ufffd"],
    ["\ud83d\0\ude00", "😀"],
    [`${"a".repeat(19_999)}😀`, `${"a".repeat(19_999)}\ufffd`],
    ["a".repeat(20_001), "a".repeat(20_000)],
    [" kept ", " kept "],
  ])("value %#", (given, kept) => {
    expect(typedOf([["about", given]])).toEqual({ about: [kept] });
  });

  test("files are left out, and a field that came twice has two values", () => {
    const sent: [string, unknown][] = [
      ["format", "video"],
      ["photo", new Blob(["x"])],
      ["format", "phone"],
    ];
    const typed = typedOf(sent);
    expect(typed).toEqual({ format: ["video", "phone"] });
    expect(typedValue(typed, "format")).toBe("phone");
    expect(typedList(typed, "format")).toEqual(["video", "phone"]);
  });

  test("after two thousand fields it is enough", () => {
    const typed = typedOf(Array.from({ length: 5000 }, (_, at) => ["format", String(at)]));
    expect(typed.format).toHaveLength(2000);
    expect(typed.format?.at(-1)).toBe("1999");
  });

  test("is always text that a database can hold", () => {
    const name = fc.oneof(
      fc.constantFrom("about", "ways.0.value", "constructor", "__proto__"),
      fc.string({ unit: "binary" }),
    );
    const value = fc
      .array(fc.oneof(fc.constantFrom("\0", "\r", "\ud800", "\udc00", "😀"), fc.string()))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), (sent) => {
        for (const [field, values] of Object.entries(typedOf(sent))) {
          expect(field).toMatch(/^[a-zA-Z][\w.-]*$/);
          for (const each of values) {
            expect(each.isWellFormed()).toBe(true);
            expect(each).not.toMatch(/[\0\r]/);
          }
        }
      }),
    );
  });

  test.each(["toString", "__proto__", "constructor"])("%s was not typed by anybody", (name) => {
    expect(typedValue({}, name)).toBe("");
    expect(typedList({}, name)).toEqual([]);
  });
});

describe("rows", () => {
  test.each<[string[], number]>([
    [[], 0],
    [["ways.0.kind"], 1],
    [["ways.0.kind", "ways.2.kind"], 3],
    [["ways.99.kind"], 4],
    [["other.3.kind", "waysides.2.kind", "ways"], 0],
  ])("%j are %i", (names, count) => {
    const typed = typedFrom(Object.fromEntries(names.map((name) => [name, ""])));
    expect(rowCount(typed, "ways", 4)).toBe(count);
  });

  test.each([
    ["add:ways", { what: "add", rows: "ways", row: 0 }],
    ["remove:ways.3", { what: "remove", rows: "ways", row: 3 }],
    ["save", null],
    ["", null],
    ["add:", null],
    ["drop:ways", null],
    ["remove:ways.100", null],
    ["remove:ways.-1", null],
    ["add:__proto__", null],
    [" add:ways", null],
  ])("a button that says %j", (intent, expected) => {
    expect(rowsIntent(typedFrom({ intent }))).toEqual(expected);
  });

  const three = typedFrom({
    about: "x",
    "ways.0.kind": "a",
    "ways.1.kind": "b",
    "ways.1.note": "n",
    "ways.2.kind": "c",
    "rooms.1.city": "r",
  });

  test.each<[string, Record<string, string>]>([
    ["remove:ways.0", { "ways.0.kind": "b", "ways.0.note": "n", "ways.1.kind": "c" }],
    ["remove:ways.1", { "ways.0.kind": "a", "ways.1.kind": "c" }],
    ["remove:ways.2", { "ways.0.kind": "a", "ways.1.kind": "b", "ways.1.note": "n" }],
    [
      "remove:ways.9",
      { "ways.0.kind": "a", "ways.1.kind": "b", "ways.1.note": "n", "ways.2.kind": "c" },
    ],
    [
      "add:ways",
      {
        "ways.0.kind": "a",
        "ways.1.kind": "b",
        "ways.1.note": "n",
        "ways.2.kind": "c",
        "ways.3.kind": "",
      },
    ],
  ])("%s leaves the others as they were", (intent, ways) => {
    const asked = rowsIntent(typedFrom({ intent }));
    if (!asked) throw new Error("no intent");
    const left = { about: "x", "rooms.1.city": "r", ...ways };
    expect(changeRows(three, asked, "kind", 4)).toEqual(typedFrom(left));
  });

  test("no row is added to as many as there may be", () => {
    expect(changeRows(three, { what: "add", rows: "ways", row: 0 }, "kind", 3)).toBe(three);
  });

  test("a row that was added and taken away leaves no trace", () => {
    const kinds = fc.array(fc.string(), { maxLength: 8 });
    fc.assert(
      fc.property(kinds, (values) => {
        const typed = typedFrom(
          Object.fromEntries(values.map((value, row) => [`ways.${row}.kind`, value])),
        );
        const more = changeRows(typed, { what: "add", rows: "ways", row: 0 }, "kind", 9);
        expect(rowCount(more, "ways", 9)).toBe(values.length + 1);
        const row = values.length;
        expect(changeRows(more, { what: "remove", rows: "ways", row }, "kind", 9)).toEqual(typed);
      }),
    );
  });
});

describe("a form held against its schema", () => {
  const schema = z.object({
    name: requiredText(5, 2),
    about: optionalText(5),
    age: optionalNumber(18, 99),
    mail: z.email().or(z.literal("")),
    tags: manyOf(["a", "b"], { max: 1 }),
    pets: z.array(z.string()).min(1),
    ways: z.array(z.object({ kind: requiredText(5), value: optionalText(3) })).max(2),
  });
  const layout = { lists: ["tags", "pets"], rows: { ways: 2 } };
  const right: Typed = { name: ["Robin"], tags: ["a"], pets: ["cat", "dog"] };

  test("gives what the fields, lists and rows said, and nothing else", () => {
    const typed = { ...right, "ways.1.kind": ["b"], "ways.0.kind": ["a", "z"], other: ["x"] };
    expect(parseForm(schema, typed, layout)).toEqual({
      ok: true,
      value: {
        name: "Robin",
        about: null,
        age: null,
        mail: "",
        tags: ["a"],
        pets: ["cat", "dog"],
        ways: [
          { kind: "z", value: null },
          { kind: "b", value: null },
        ],
      },
    });
  });

  test.each<[string, Typed, Record<string, object>]>([
    ["blank", { name: [" "] }, { name: { code: "required" } }],
    ["too short", { name: ["R"] }, { name: { code: "too-short", values: { min: 2 } } }],
    ["too long", { about: ["abcdef"] }, { about: { code: "too-long", values: { max: 5 } } }],
    ["too low", { age: ["17"] }, { age: { code: "too-low", values: { min: 18 } } }],
    ["too high", { age: ["100"] }, { age: { code: "too-high", values: { max: 99 } } }],
    ["no number", { age: ["old"] }, { age: { code: "not-a-number" } }],
    ["not on offer", { tags: ["c"] }, { tags: { code: "choose" } }],
    ["too many", { tags: ["a", "b"] }, { tags: { code: "too-many", values: { max: 1 } } }],
    ["none chosen", { pets: [] }, { pets: { code: "choose" } }],
    ["a row's field", { "ways.1.kind": ["b"] }, { "ways.0.kind": { code: "required" } }],
    [
      "all that is wrong at once",
      { name: [], age: ["x"], "ways.0.kind": ["a"], "ways.0.value": ["long"] },
      {
        name: { code: "required" },
        age: { code: "not-a-number" },
        "ways.0.value": { code: "too-long", values: { max: 3 } },
      },
    ],
  ])("%s", (_, change, errors) => {
    expect(parseForm(schema, { ...right, ...change }, layout)).toEqual({ ok: false, errors });
  });

  test("of two things wrong with a field, the first is said", () => {
    const never = z
      .string()
      .refine(() => false, "first")
      .refine(() => false, "second");
    const errors = { name: { code: "first" } };
    expect(parseForm(z.object({ name: never }), right)).toEqual({ ok: false, errors });
  });

  test.each([
    [z.object({ mail: z.email() }), { mail: { code: "not-email" } }],
    [z.object({ site: z.url() }), { site: { code: "not-url" } }],
    [z.object({ kind: z.enum(["a"]) }), { kind: { code: "choose" } }],
    [z.object({ kind: z.string().min(1) }), { kind: { code: "required" } }],
    [z.object({ agreed: z.boolean() }), { agreed: { code: "required" } }],
  ])("an empty form: %#", (one, errors) => {
    expect(parseForm(one, {})).toEqual({ ok: false, errors });
  });
});
