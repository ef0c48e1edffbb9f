import { describe, expect, test } from "vitest";
import { parseForm } from "#lib/forms/rules.ts";
import { credentialForm, insuranceForm } from "./schema.ts";

const licence = {
  typeId: "us-lcsw",
  jurisdiction: "US-OR",
  letters: "LCSW",
  number: "L1234",
  supervised: "no",
};

function read(schema: typeof credentialForm | typeof insuranceForm, form: Record<string, string>) {
  const typed = Object.entries(form).map(([name, value]) => [name, [value]]);
  const parsed = parseForm(schema, Object.fromEntries(typed));
  if (parsed.ok) return { value: parsed.value };
  const codes = Object.entries(parsed.errors).map(([name, { code }]) => [name, code]);
  return { errors: Object.fromEntries(codes) };
}

describe("a licence", () => {
  test("is taken without what nobody has to say", () => {
    expect(read(credentialForm, licence)).toEqual({
      value: {
        ...licence,
        compactId: null,
        expiresOn: null,
        supervisorName: null,
        supervisorNumber: null,
        version: 0,
      },
    });
  });

  test("is taken with all of it, without blanks around", () => {
    const whole = {
      ...licence,
      number: "  L 1234 ",
      expiresOn: "2028-02-29",
      supervised: "yes",
      supervisorName: " Sam Oak ",
      supervisorNumber: "L 1",
      version: "7",
    };
    expect(read(credentialForm, whole)).toMatchObject({
      value: { number: "L 1234", expiresOn: "2028-02-29", supervisorName: "Sam Oak", version: 7 },
    });
  });

  test.each<[string, Record<string, string>, Record<string, string>]>([
    ["no type", { typeId: "" }, { typeId: "required" }],
    ["no letters", { letters: " " }, { letters: "required" }],
    ["no number", { number: "" }, { number: "required" }],
    ["a number that goes on", { number: "9".repeat(61) }, { number: "too-long" }],
    ["a place that is none", { jurisdiction: "US-OREGONIA" }, { jurisdiction: "too-long" }],
    ["supervised: no answer", { supervised: "" }, { supervised: "choose" }],
    ["supervised: another answer", { supervised: "maybe" }, { supervised: "choose" }],
    ["supervised by nobody", { supervised: "yes" }, { supervisorName: "required" }],
    [
      "supervised by a blank",
      { supervised: "yes", supervisorName: " " },
      { supervisorName: "required" },
    ],
    ["a day that is none", { expiresOn: "2027-02-29" }, { expiresOn: "not-a-day" }],
    ["a day in words", { expiresOn: "next May" }, { expiresOn: "not-a-day" }],
    ["a day in no year", { expiresOn: "0000-01-01" }, { expiresOn: "not-a-day" }],
    ["two things", { letters: "", number: "" }, { letters: "required", number: "required" }],
  ])("%s", (_, change, errors) => {
    expect(read(credentialForm, { ...licence, ...change })).toEqual({ errors });
  });

  test.each(["-1", "1e3", "x", "", "9".repeat(10)])("version %j counts as none", (version) => {
    expect(read(credentialForm, { ...licence, version })).toMatchObject({ value: { version: 0 } });
  });
});

describe("insurance", () => {
  test.each<[Record<string, string>, object]>([
    [{}, { value: { insurer: null, expiresOn: null, version: 0 } }],
    [
      { insurer: " Example Mutual ", expiresOn: "2027-01-31", version: "2" },
      { value: { insurer: "Example Mutual", expiresOn: "2027-01-31", version: 2 } },
    ],
    [{ insurer: "a".repeat(121) }, { errors: { insurer: "too-long" } }],
    [{ expiresOn: "31.01.2027" }, { errors: { expiresOn: "not-a-day" } }],
  ])("%j", (form, outcome) => {
    expect(read(insuranceForm, form)).toEqual(outcome);
  });
});
