import { describe, expect, it } from "vitest";
import { findTerm, listCountries, listHelp } from "./queries.ts";
import { checkReference, readReference } from "./read-reference.ts";

const { countries, elsewhere } = listHelp();
const lines = readReference("help-lines").items;

describe("help lines", () => {
  it("has every country in which someone may be listed", () => {
    const known = countries.map(({ code }) => code);
    for (const { code, name } of listCountries()) {
      expect(known).toContain(code);
      expect(countries.find((country) => country.code === code)?.name).toEqual(name);
    }
  });

  it("shows every line, each under its country", () => {
    const shown = countries.flatMap((country) => country.lines.map(({ id }) => id));
    expect(shown.toSorted()).toEqual(lines.map(({ id }) => id).toSorted());
    expect(elsewhere.length).toBeGreaterThan(0);
  });

  it.each(countries)(
    "$code: someone can be called at any hour, and there is a choice",
    (country) => {
      expect(country.lines.length).toBeGreaterThan(1);
      expect(country.lines.some(({ phone, hours }) => phone && hours === "always")).toBe(true);
    },
  );

  it.each(lines)("$id: speaks languages that we have a name for", ({ languages }) => {
    expect(languages.filter((language) => !findTerm("language", language))).toEqual([]);
  });

  it("says of the best known what they do without a yes", () => {
    const police = Object.fromEntries(lines.map((line) => [line.id, line.police]));
    expect(police).toMatchObject({
      "us-trans-lifeline": "never",
      "us-988": "may",
      "us-crisis-text": "may",
      "gb-samaritans": "may",
    });
  });
});

describe("a line is refused", () => {
  it.each([
    ["website", "https://example.org/?from=us"],
    ["website", "https://example.org/#us"],
    ["website", "https://someone@example.org/"],
    ["website", "http://example.org/"],
    ["phone", "1-800-HELP"],
    ["phone", "+1 800 555 0100;ext=1"],
    ["police", "maybe"],
    ["checkedOn", "last week"],
  ])("with %s %s", (field, value) => {
    const data = structuredClone(readReference("help-lines"));
    Object.assign(data.items[0] ?? {}, { [field]: value });
    expect(() => checkReference("help-lines", data)).toThrow(`items.0.${field}`);
  });

  it("where it says that someone is there at all hours, and gives no number", () => {
    const data = structuredClone(readReference("help-lines"));
    const web = data.items.find((line) => !line.phone && !line.text);
    Object.assign(web ?? {}, { hours: "always" });
    expect(() => checkReference("help-lines", data)).toThrow("called or texted");
  });
});
