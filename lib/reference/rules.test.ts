import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { issuerKinds } from "#db/vocabulary.ts";
import { findCredentialType } from "./queries.ts";
import { readReference } from "./read-reference.ts";
import { isValidNpi, jurisdictionMatches, numberFormat, permitsPractice } from "./rules.ts";

describe("permitsPractice", () => {
  it.each([
    ["statutory-licence", true],
    ["statutory-registration", true],
    ["accredited-register", true],
    ["professional-association", true],
    ["supervised-pre-licence", true],
    ["certification", false],
    ["varies", false],
  ] as const)("%s: %s", (kind, permits) => {
    expect(permitsPractice(kind)).toBe(permits);
  });

  it("has an answer for each kind of issuer", () => {
    expect(Object.keys(readReference("credential-types").issuerKinds).sort()).toEqual(
      [...issuerKinds].sort(),
    );
  });
});

describe("jurisdictionMatches", () => {
  it.each([
    ["*", "NZ-AUK", true],
    ["US-*", "US-CA", true],
    ["US-*", "US", true],
    ["US-*", "CA-ON", false],
    ["CA-*", "US-CA", false],
    ["US-CA", "US-CA", true],
    ["US-CA", "US-CO", false],
    ["US-CA", "US", false],
    ["GB-*", "GB-SCT", true],
  ])("%s covers %s: %s", (pattern, place, covers) => {
    expect(jurisdictionMatches(pattern, place)).toBe(covers);
  });
});

describe("isValidNpi", () => {
  const { validExample, invalidExample } = readReference("credential-types").npi;

  it.each([
    [validExample, true],
    [invalidExample, false],
    ["1234567890", false],
    ["3234567893", false],
    ["123456789", false],
    ["12345678933", false],
    [" 1234567893", false],
    ["", false],
  ])("%s: %s", (npi, valid) => {
    expect(isValidNpi(npi)).toBe(valid);
  });

  it("accepts exactly one last digit for each nine", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100_000_000, max: 299_999_999 }), (nine) => {
        const valid = [..."0123456789"].filter((digit) => isValidNpi(`${nine}${digit}`));
        expect(valid).toHaveLength(1);
      }),
    );
  });
});

describe("numberFormat", () => {
  it.each([
    ["gb-hcpc-psych", "PYL03456", "matches"],
    ["gb-hcpc-psych", " PYL034567 ", "matches"],
    ["gb-hcpc-psych", "AS03456", "differs"],
    ["au-psychologist", "PSY0001234567", "matches"],
    ["gb-nmc-mh", "12A3456E", "matches"],
    ["us-lmft", "anything", "not-known"],
  ])("%s %s: %s", (typeId, number, answer) => {
    expect(numberFormat(findCredentialType(typeId) ?? {}, number)).toBe(answer);
  });

  it("has a pattern that compiles wherever it has one", () => {
    for (const type of readReference("credential-types").items) {
      expect(() => numberFormat(type, "1"), type.id).not.toThrow();
    }
  });
});
