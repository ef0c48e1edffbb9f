import { describe, expect, test } from "vitest";
import {
  type CredentialType,
  findCredentialType,
  findRegion,
  listCompacts,
  listCredentialTypes,
  listRegions,
} from "#lib/reference/queries.ts";
import { compactsFor, lettersOf, typesIn } from "./claim-choices.ts";

function typeOf(id: string): CredentialType {
  const type = findCredentialType(id);
  if (!type) throw new Error(`${id} is not in the reference data`);
  return type;
}

const idsIn = (place: string) => typesIn(place).map(({ id }) => id);
const codes = listRegions().map(({ code }) => code);

describe("types that can be claimed", () => {
  test.each([
    ["US-OR", "us-lcsw", true],
    ["US-OR", "us-psychoanalyst", false],
    ["US-NY", "us-psychoanalyst", true],
    ["CA-ON", "ca-on-rp", true],
    ["CA-QC", "ca-on-rp", false],
    ["US-OR", "ca-on-rp", false],
    ["GB-ENG", "gb-bacp", true],
    ["GB-ENG", "us-lcsw", false],
    ["US-OR", "cert-emdria", true],
    ["US-OR", "cert-nbcc", true],
    ["GB-ENG", "cert-nbcc", false],
    ["", "cert-emdria", true],
    ["", "cert-nbcc", false],
    ["", "us-lcsw", false],
  ])("in %j, %s: %s", (place, id, offered) => {
    expect(idsIn(place).includes(id)).toBe(offered);
  });

  test.each(["US", "GB", "US-*", "US-ZZ", "us-or", "*", "__proto__", "constructor", " "])(
    "%j is no place to hold anything",
    (place) => {
      expect(typesIn(place)).toEqual([]);
    },
  );

  test.each(codes)("%s: what its own law knows, or what holds anywhere", (code) => {
    const country = code.slice(0, 2);
    const types = typesIn(code);
    for (const { id, jurisdictions } of types) {
      const here = jurisdictions.some((pattern) => ["*", code, `${country}-*`].includes(pattern));
      expect(here, id).toBe(true);
    }
    const own = types.filter(({ issuerKind }) => issuerKind !== "certification");
    expect(own.length).toBeGreaterThan(0);
  });

  test("every type can be claimed somewhere", () => {
    const offered = new Set(["", ...codes].flatMap(idsIn));
    expect(listCredentialTypes().filter(({ id }) => !offered.has(id))).toEqual([]);
  });

  test("without a place, certifications alone", () => {
    const kinds = new Set(typesIn("").map(({ issuerKind }) => issuerKind));
    expect([...kinds]).toEqual(["certification"]);
  });
});

describe("compacts", () => {
  test.each([
    ["us-psychologist", "US-CO", ["psypact"]],
    ["us-psychologist", "US-CA", []],
    ["us-lpc", "US-OH", ["counseling"]],
    ["us-lpc", "US-CO", []],
    ["us-lcsw", "US-CO", []],
    ["us-lmft", "US-OH", []],
    ["us-psychologist", "GB-ENG", []],
    ["us-psychologist", "", []],
    ["us-psychologist", "__proto__", []],
  ])("%s in %j: %j", (id, place, compacts) => {
    expect(compactsFor(typeOf(id), place).map((compact) => compact.id)).toEqual(compacts);
  });

  test("are offered where they give privileges today, to their professions, and nowhere else", () => {
    let offered = 0;
    for (const code of codes) {
      for (const type of listCredentialTypes()) {
        const given = compactsFor(type, code).map(({ id }) => id);
        const expected = listCompacts().filter(
          ({ id, credentialTypes }) =>
            credentialTypes.includes(type.id) &&
            findRegion(code)?.compacts.find(({ compact }) => compact === id)?.status ===
              "operational",
        );
        expect(given).toEqual(expected.map(({ id }) => id));
        offered += given.length;
      }
    }
    expect(offered).toBeGreaterThan(0);
  });
});

describe("letters", () => {
  test.each([
    ["us-lpc", "US-CA", "LPCC"],
    ["us-lpc", "US-FL", "LMHC"],
    ["us-lpc", "US-OR", "LPC"],
    ["us-lcsw", "US-MA", "LICSW"],
    ["us-lcsw", "US-ZZ", "LCSW"],
    ["cert-emdria", "", "EMDR Certified"],
  ])("%s in %j begin with %s", (id, place, first) => {
    expect(lettersOf(typeOf(id), place)[0]).toBe(first);
  });

  test("are all that the type has, each once", () => {
    for (const type of listCredentialTypes()) {
      for (const place of ["", "US-CA"]) {
        const letters = lettersOf(type, place);
        expect(new Set(letters).size).toBe(letters.length);
        expect(letters).toEqual(expect.arrayContaining(type.abbreviations));
      }
    }
  });
});
