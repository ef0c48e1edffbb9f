import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { keyedHash } from "#lib/sealing/seal.ts";
import { addDays } from "#lib/vetting/rules.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { confirmationLink, readConfirmationToken } from "./confirmation-link.ts";

accountEnvironment();

const today = "2026-11-23";
const therapist = { id: "therapist-1", confirmationRound: 7 };
const link = (locale: "en" | "es" = "en") => confirmationLink(therapist, today, locale);
const token = () => link().split("/").at(-1) ?? "";

test("says whose it is and which round, in the language of the mail", () => {
  expect(readConfirmationToken(token(), today)).toEqual({
    state: "signed",
    therapistId: "therapist-1",
    round: 7,
  });
  expect(link()).toMatch(/^https:\/\/directory\.example\/confirm\/[\w.-]+$/);
  expect(link("es")).toMatch(/^https:\/\/directory\.example\/es\/confirm\/[\w.-]+$/);
});

test("works for 60 days and not a day longer", () => {
  expect(readConfirmationToken(token(), addDays(today, 60)).state).toBe("signed");
  expect(readConfirmationToken(token(), addDays(today, 61)).state).toBe("expired");
});

test("works by the key before as long as that is there", () => {
  const given = token();
  vi.stubEnv("MASTER_KEY_BEFORE", process.env.MASTER_KEY);
  vi.stubEnv("MASTER_KEY", Buffer.alloc(32, 8).toString("base64"));
  expect(readConfirmationToken(given, today).state).toBe("signed");
  vi.stubEnv("MASTER_KEY_BEFORE", "");
  expect(readConfirmationToken(given, today).state).toBe("unknown");
  vi.unstubAllEnvs();
});

describe("nobody can make one", () => {
  test("not by changing any character of ours", () => {
    const given = token();
    fc.assert(
      fc.property(
        fc.nat(given.length - 1),
        fc.constantFrom(..."abcXYZ019-_.=+/ %é"),
        (at, character) => {
          fc.pre(given[at] !== character);
          const forged = given.slice(0, at) + character + given.slice(at + 1);
          expect(readConfirmationToken(forged, today).state).toBe("unknown");
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("not by cutting, doubling or inventing", () => {
    const given = token();
    for (let length = 0; length < given.length; length += 1) {
      expect(readConfirmationToken(given.slice(0, length), today).state).toBe("unknown");
    }
    expect(readConfirmationToken(given + given, today).state).toBe("unknown");
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(readConfirmationToken(text, today).state).toBe("unknown");
      }),
    );
  });

  test("not with a signature of ours for another purpose", () => {
    const [body = ""] = token().split(".");
    const other = `${body}.${keyedHash(body, "never-contact")}`;
    expect(readConfirmationToken(other, today).state).toBe("unknown");
  });

  test("not with the signature of another round or another person", () => {
    const other = confirmationLink({ ...therapist, confirmationRound: 8 }, today, "en");
    const [body] = token().split(".");
    const [, signature] = (other.split("/").at(-1) ?? "").split(".");
    expect(readConfirmationToken(`${body}.${signature}`, today).state).toBe("unknown");
  });
});
