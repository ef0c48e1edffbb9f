import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { compileGazetteer } from "./build-gazetteer.ts";
import type { GazetteerFile } from "./gazetteer-file.ts";
import { type Gazetteer, openGazetteer } from "./load-gazetteer.ts";
import { matchPlace } from "./match-place.ts";
import type { PlaceLookup } from "./rules.ts";

let file: GazetteerFile;
let gazetteer: Gazetteer;

beforeAll(() => {
  file = compileGazetteer();
  gazetteer = openGazetteer(file);
}, 60_000);

const find = (text: string, hint?: string) => matchPlace(gazetteer, text, hint);
const idsOf = (lookup: PlaceLookup): string[] => {
  if (lookup.kind === "found") return [lookup.place.id];
  const places = lookup.kind === "ambiguous" ? lookup.choices : (lookup.suggestions ?? []);
  return places.map(({ id }) => id);
};

describe("finds", () => {
  test.each([
    ["Los Angeles", "Los Angeles, US-CA"],
    ["los ángeles", "Los Angeles, US-CA"],
    ["LA", "Los Angeles, US-CA"],
    ["London", "London, GB-ENG"],
    ["London, UK", "London, GB-ENG"],
    ["Londres", "London, GB-ENG"],
    ["London, ON", "London, CA-ON"],
    ["london ontario", "London, CA-ON"],
    ["London Canada", "London, CA-ON"],
    ["Sydney", "Sydney, AU-NSW"],
    ["Sydney, Nova Scotia", "Sydney, CA-NS"],
    ["Chicago", "Chicago, US-IL"],
    ["New York", "New York City, US-NY"],
    ["new york ny", "New York City, US-NY"],
    ["New York, New York", "New York City, US-NY"],
    ["Nueva York", "New York City, US-NY"],
    ["Berlin", "Berlin, DE-BE"],
    ["Berlín", "Berlin, DE-BE"],
    ["Berlin, NH", "Berlin, US-NH"],
    ["Toronto", "Toronto, CA-ON"],
    ["Dublin", "Dublin, IE-L"],
    ["Dublin 8", "Dublin, IE-L"],
    ["Dublin, Ohio", "Dublin, US-OH"],
    ["Dublin, Irlanda", "Dublin, IE-L"],
    ["Portland, OR", "Portland, US-OR"],
    ["portland oregon", "Portland, US-OR"],
    ["  PORTLAND   Oregon USA,, ", "Portland, US-OR"],
    ["Portland Maine", "Portland, US-ME"],
    ["123 Main St, Portland, OR", "Portland, US-OR"],
    ["san jose ca", "San Jose, US-CA"],
    ["Saint Louis", "St. Louis, US-MO"],
    ["St. Louis", "St. Louis, US-MO"],
    ["st louis, missouri", "St. Louis, US-MO"],
    ["Washington DC", "Washington, US-DC"],
    ["Washington, D.C.", "Washington, US-DC"],
    ["Kansas City, Kansas", "Kansas City, US-KS"],
    ["San Juan, Puerto Rico", "San Juan, US-PR"],
    ["mayaguez", "Mayagüez, US-PR"],
    ["St. Thomas, USVI", "Charlotte Amalie, US-VI"],
    ["montreal", "Montréal, CA-QC"],
    ["Quebec", "Québec, CA-QC"],
    ["Galway", "Galway, IE-C"],
    ["koeln", "Köln, DE-NW"],
    ["Cologne", "Köln, DE-NW"],
    ["München", "Munich, DE-BY"],
    ["Frankfurt", "Frankfurt am Main, DE-HE"],
    ["Den Haag", "The Hague, NL-ZH"],
    ["La Haya", "The Hague, NL-ZH"],
    ["newcastle-upon-tyne", "Newcastle upon Tyne, GB-ENG"],
    ["Newport, Isle of Wight", "Newport, GB-ENG"],
    ["Astoria, Queens", "Astoria, US-NY"],
    ["Bronx", "The Bronx, US-NY"],
    ["Kings Lynn", "King's Lynn, GB-ENG"],
    ["100 Mile House", "100 Mile House, CA-BC"],
    ["97201", "97201"],
    ["97201-1234", "97201"],
    ["Portland OR 97201", "97201"],
    ["97201 Portland", "97201"],
    ["97201, Oregon", "97201"],
    ["10115 Berlin", "Berlin, DE-BE"],
    ["London SW1A 1AA", "London, GB-ENG"],
    ["Toronto, ON M5V 2T6", "Toronto, CA-ON"],
    ["1012 AB Amsterdam", "Amsterdam, NL-NH"],
    ["Sydney NSW 2000", "Sydney, AU-NSW"],
  ])("%s as %s", (text, id) => {
    expect([find(text).kind, ...idsOf(find(text))]).toEqual(["found", id]);
  });

  test("a place as the page needs it", () => {
    expect(find("Portland, OR")).toEqual({
      kind: "found",
      place: {
        id: "Portland, US-OR",
        name: "Portland",
        region: "US-OR",
        country: "US",
        lat: expect.closeTo(45.52, 1),
        lon: expect.closeTo(-122.68, 1),
        population: 640_000,
      },
    });
    expect(find("00901")).toMatchObject({
      place: { name: "00901 (San Juan)", region: "US-PR", country: "US" },
    });
    expect(find("96910")).toMatchObject({ place: { region: "US-GU", country: "US" } });
  });

  test("and names the others who share the name", () => {
    const lookup = find("London");
    expect(lookup.kind === "found" && lookup.others?.[0]?.id).toBe("London, CA-ON");
  });
});

describe("asks about", () => {
  test.each([
    ["Portland", ["Portland, US-OR", "Portland, US-ME"]],
    ["Birmingham", ["Birmingham, GB-ENG", "Birmingham, US-AL"]],
    ["Manchester", ["Manchester, GB-ENG", "Manchester, US-NH"]],
    ["Springfield", ["Springfield, US-MO", "Springfield, US-MA", "Springfield, US-IL"]],
    ["Springfield, USA", ["Springfield, US-MO", "Springfield, US-MA", "Springfield, US-IL"]],
    ["Vancouver", ["Vancouver, CA-BC", "Vancouver, US-WA"]],
    ["Newcastle", ["Newcastle, AU-NSW", "Newcastle upon Tyne, GB-ENG"]],
    ["Newport, England", ["Newport, GB-ENG", "Newport, GB-ENG~2"]],
  ])("%s, the likeliest first", (text, first) => {
    const lookup = find(text);
    expect(lookup.kind).toBe("ambiguous");
    expect(idsOf(lookup).slice(0, first.length)).toEqual(first);
    expect(idsOf(lookup).length).toBeLessThanOrEqual(8);
  });

  test("Portland, unless a hint decides", () => {
    expect(idsOf(find("Portland", "US-ME"))).toEqual(["Portland, US-ME"]);
    expect(find("Portland", "AU-VIC")).toMatchObject({ place: { id: "Portland, AU-VIC" } });
    expect(find("Portland", "DE").kind).toBe("ambiguous");
  });

  test("namesakes in one region with their districts", () => {
    expect(find("Newport, England")).toMatchObject({
      choices: [{ district: "Isle of Wight" }, {}, {}, {}],
    });
  });
});

describe("an area that is no town", () => {
  test.each([
    ["California", "unknown", "US-CA"],
    ["Puerto Rico", "unknown", "US-PR"],
    ["Estados Unidos", "unknown", "US"],
    ["Ontario, Canada", "unknown", "CA-ON"],
    ["Baviera", "unknown", "DE-BY"],
    ["Ontario", "ambiguous", "CA-ON"],
    ["Washington", "ambiguous", "US-WA"],
    ["New York", "found", "US-NY"],
    ["Hamburg", "found", "DE-HH"],
  ])("%s is %s, and named: %s", (text, kind, area) => {
    expect(find(text)).toMatchObject({ kind, area });
  });
});

describe("does not know", () => {
  test.each([
    ["SW1A 1AA", "GB"],
    ["M5V 2T6", "CA"],
    ["D02 AF30", "IE"],
    ["1012 AB", "NL"],
    ["2000", "other"],
    ["99999", "US"],
  ])("%s, a postcode of %s", (text, postcodeOf) => {
    expect(find(text)).toEqual({ kind: "unknown", postcodeOf });
  });

  test.each([
    ["Los Angelas", "Los Angeles, US-CA"],
    ["Porltand", "Portland, US-OR"],
    ["san francsico", "San Francisco, US-CA"],
    ["Philadelpia, PA", "Philadelphia, US-PA"],
    ["Charlotetown", "Charlottetown, CA-PE"],
    ["Portland, CA", "Portland, US-OR"],
    ["Paris, France", undefined],
    ["Mexico City", undefined],
    ["東京", undefined],
    ["constructor", undefined],
  ])("%s, and suggests %s", (text, id) => {
    const lookup = find(text);
    expect([lookup.kind, idsOf(lookup)[0]]).toEqual(["unknown", id]);
  });

  test.each([
    "",
    "   ",
    "a".repeat(10_000),
    "Portland, ".repeat(1_000),
    "\u0000",
    "\ud800\udfff\ud800",
    "\u202ePortland".repeat(12),
    "🌂".repeat(50),
    "שלום עולם",
    "' OR 1=1 --",
    "__proto__",
    "~2",
    ", US-OR",
  ])("%j", (text) => expect(find(text).kind).toBe("unknown"));
});

describe("always", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)), maxLength: 130 }),
    fc
      .array(
        fc.constantFrom(
          ..."portland springfield newport london ontario ca or usa st saint queens 97201 m1 sw1a 1aa".split(
            " ",
          ),
          ",",
          "~2",
          "US-OR",
          "\u0000",
          "🌂",
        ),
        { maxLength: 20 },
      )
      .map((words) => words.join(" ")),
  );

  test("answers, whatever is typed", () => {
    fc.assert(
      fc.property(anything, fc.option(anything, { nil: undefined }), (text, hint) => {
        const lookup = find(text, hint);
        const ids = idsOf(lookup);
        expect(ids.length).toBeLessThanOrEqual(8);
        expect(new Set(ids).size).toBe(ids.length);
        if (lookup.kind !== "unknown") expect(ids.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  test("finds every place and every ZIP again by its id", () => {
    const towns = file.regionOf.map((_, index) => gazetteer.placeAt(index).id);
    const zips = file.zips.map((zip) => String(zip).padStart(5, "0"));
    const ids = [...towns, ...zips];
    expect(new Set(ids).size).toBe(ids.length);
    const lost = ids.filter((id) => {
      const lookup = find(id);
      return lookup.kind !== "found" || lookup.place.id !== id;
    });
    expect(lost).toEqual([]);
    expect(towns.length).toBeGreaterThan(39_000);
    expect(zips.length).toBeGreaterThan(33_000);
  });

  test("knows the region of every place", () => {
    const lost = file.regionOf.filter((region) => file.regions[region] === undefined);
    expect([lost, file.zipRegion.filter((region) => region < 0)]).toEqual([[], []]);
  });
});
