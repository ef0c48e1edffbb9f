import { describe, expect, test } from "vitest";
import { failureOf, isStuck, mayLeave } from "./rules.ts";

const smtpError = (fields: object) => Object.assign(new Error("to <someone@mail.test>"), fields);

describe("what a failed try means", () => {
  test.each([
    [
      {
        code: "EENVELOPE",
        responseCode: 550,
        command: "RCPT TO",
        response: "550 5.1.1 <a@b.test> unknown",
      },
      { what: "EENVELOPE 550 5.1.1", permanent: true },
    ],
    [
      { code: "EMESSAGE", responseCode: 554, command: "DATA", response: "554 no" },
      { what: "EMESSAGE 554", permanent: true },
    ],
    [
      { code: "EENVELOPE", responseCode: 450, command: "RCPT TO", response: "450 4.2.0 later" },
      { what: "EENVELOPE 450 4.2.0", permanent: false },
    ],
    [
      { code: "EENVELOPE", responseCode: 553, command: "MAIL FROM", response: "553 sender" },
      { what: "EENVELOPE 553", permanent: false },
    ],
    [
      { code: "EAUTH", responseCode: 535, command: "AUTH PLAIN", response: "535 5.7.8 wrong" },
      { what: "EAUTH 535 5.7.8", permanent: false },
    ],
    [{ code: "ESOCKET" }, { what: "ESOCKET", permanent: false }],
    [{ code: "a@b.test" }, { what: "Error", permanent: false }],
  ])("%o", (fields, failure) => {
    expect(failureOf(smtpError(fields))).toEqual(failure);
  });

  test("something that is no error at all is tried again", () => {
    expect(failureOf("a@b.test")).toEqual({ what: "unknown", permanent: false });
  });
});

describe("made-up addresses stay on the machine", () => {
  test.each([
    ["lia-listed@parasol.example", "mail.provider.net", false],
    ["someone@example.com", "mail.provider.net", false],
    ["someone@a.TEST", "10.0.0.5", false],
    ["lia-listed@parasol.example", "127.0.0.1", true],
    ["lia-listed@parasol.example", "[::1]", true],
    ["lia-listed@parasol.example", "localhost", true],
    ["lia-listed@parasol.example", "mailpit", true],
    ["someone@provider.net", "mail.provider.net", true],
    ["someone@myexample.net", "mail.provider.net", true],
  ])("%s by %s: %s", (address, host, may) => {
    expect(mayLeave(address, host)).toBe(may);
  });
});

describe("what can be tried again", () => {
  const now = new Date("2026-11-23T12:00:00Z");
  test.each([
    ["waiting", null, true],
    ["failed", null, true],
    ["sent", null, false],
    ["failed", "2026-11-23T12:00:01Z", true],
    ["failed", "2026-11-23T12:00:00Z", false],
  ] as const)("%s, useless after %s: %s", (state, until, stuck) => {
    expect(isStuck({ state, uselessAfter: until === null ? null : new Date(until) }, now)).toBe(
      stuck,
    );
  });
});
