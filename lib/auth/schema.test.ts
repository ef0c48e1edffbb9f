import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseForm, typedOf } from "#lib/forms/rules.ts";
import {
  codeForm,
  emailAddress,
  newPasskey,
  passkeyNameForm,
  shownPasskey,
  signInForm,
} from "./schema.ts";

describe("an address", () => {
  test("is kept in small letters, without blanks around it", () => {
    expect(emailAddress.parse("  Lia@Mail.Example ")).toBe("lia@mail.example");
  });

  test.each([
    "lia",
    "lia@",
    "@mail.example",
    "lia@mail",
    "lia@mail.example, other@mail.example",
    '"lia@evil.example"@mail.example',
    "lia＠mail.example",
    "lía@mail.example",
    "lia@mail.example\nbcc: all@mail.example",
    `${"l".repeat(250)}@mail.example`,
  ])("%j is none", (text) => {
    expect(emailAddress.safeParse(text).success).toBe(false);
  });
});

const anyForm = fc.array(
  fc.tuple(fc.constantFrom("email", "code", "name", "x"), fc.string({ unit: "binary" })),
);

test.each([
  ["sign-in", signInForm],
  ["code", codeForm],
  ["passkey name", passkeyNameForm],
])("the %s form says what is wrong, whatever was sent", (_, form) => {
  fc.assert(
    fc.property(anyForm, (entries) => {
      const parsed = parseForm<typeof form>(form, typedOf(entries));
      if (!parsed.ok) expect(Object.keys(parsed.errors)).toEqual(Object.keys(form.shape));
    }),
  );
});

test("what is no answer of a browser is refused, whatever it is", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(newPasskey.safeParse(value).success).toBe(false);
      expect(shownPasskey.safeParse(value).success).toBe(false);
    }),
  );
});
