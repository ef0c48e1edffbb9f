import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  distanceKm,
  distanceUnit,
  findPostcode,
  foldName,
  kmToMiles,
  longestText,
  readArea,
  readText,
  tidyText,
} from "./rules.ts";

const areas = new Map([
  ["or", ["US-OR"]],
  ["oregon", ["US-OR"]],
  ["usa", ["US"]],
  ["ca", ["US-CA", "CA"]],
  ["ontario", ["CA-ON"]],
  ["canada", ["CA"]],
  ["carolina", ["US-XX"]],
  ["north carolina", ["US-NC"]],
]);
const areasOf = (phrase: string) => areas.get(phrase);

describe("foldName", () => {
  test.each([
    ["Saint-Jérôme", "st jerome"],
    ["St. Jerome", "st jerome"],
    ["St.Louis", "st louis"],
    ["MOUNT  Vernon", "mt vernon"],
    ["Fort Worth", "ft worth"],
    ["Washington, D.C.", "washington dc"],
    ["N.Y.", "ny"],
    ["U.S.A.", "usa"],
    ["Coeur d’Alene", "coeur dalene"],
    ["Kāneʻohe", "kaneohe"],
    ["Gießen", "giessen"],
    ["Newcastle-upon-Tyne", "newcastle upon tyne"],
    ["Frankfurt (Oder)", "frankfurt oder"],
    ["constructor __proto__", "constructor proto"],
    ["東京 🌂", ""],
  ])("%s is %s", (name, key) => expect(foldName(name)).toBe(key));

  test("of a folded name is the same", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), isStable));
  });
});

function isStable(name: string): boolean {
  return foldName(foldName(name)) === foldName(name);
}

describe("tidyText", () => {
  test.each([
    ["  Portland ,  OR , ", "Portland , OR"],
    ["Port\u0000land\u200b", "Port land"],
    ["９７２０１", "97201"],
  ])("tidies %j", (text, tidy) => expect(tidyText(text)).toBe(tidy));

  test.each([
    "",
    " ,;. ",
    "\u0000",
    "\ud800",
    "x".repeat(longestText + 1),
    "ﷺ".repeat(longestText),
  ])("refuses %j", (text) => expect(tidyText(text)).toBeUndefined());
});

describe("findPostcode", () => {
  test.each([
    ["97201", "US"],
    ["97201-1234", "US"],
    ["972011234", "US"],
    ["SW1A 1AA", "GB"],
    ["sw1a1aa", "GB"],
    ["M1", "GB"],
    ["EC2A", "GB"],
    ["M5V 2T6", "CA"],
    ["m5v2t6", "CA"],
    ["M5V", "CA"],
    ["D02 AF30", "IE"],
    ["1012 AB", "NL"],
    ["1012ab", "NL"],
    ["2000", "other"],
    ["D-10115", "other"],
  ])("%s is of %s", (code, country) => {
    expect(findPostcode(code)).toEqual({ country, code, rest: "" });
    expect(findPostcode(`Some Town, ${code}`)).toEqual({ country, code, rest: "Some Town" });
    expect(findPostcode(`${code} Some Town`)).toEqual({ country, code, rest: "Some Town" });
  });

  test.each(["Portland", "972", "972012", "100 Mile House", "97201x"])("%s is none", (text) =>
    expect(findPostcode(text)).toBeUndefined(),
  );
});

describe("readText", () => {
  test("reads a comma as the end of the name", () => {
    expect(readText("Portland, OR, USA", areasOf)[0]).toEqual({
      name: "portland",
      areas: [["US-OR"], ["US"]],
    });
  });

  test("tries the whole before it takes words off its end, the longest area first", () => {
    expect(readText("portland oregon usa", areasOf)).toEqual([
      { name: "portland oregon usa", areas: [] },
      { name: "portland oregon", areas: [["US"]] },
      { name: "portland", areas: [["US-OR"], ["US"]] },
    ]);
    expect(readText("cary north carolina", areasOf).at(-1)).toEqual({
      name: "cary",
      areas: [["US-NC"]],
    });
  });

  test("keeps a larger place to be near, and gives up a street", () => {
    expect(readText("1 Main St, Astoria, Queens, USA", areasOf)).toEqual([
      { name: "1 main st", areas: [], near: "astoria, queens, usa" },
      { name: "astoria", areas: [], near: "queens, usa" },
      { name: "queens", areas: [["US"]] },
      { name: "usa", areas: [] },
    ]);
  });

  test("takes a district's number off a town", () => {
    expect(readText("Dublin 8", areasOf).map(({ name }) => name)).toEqual(["dublin 8", "dublin"]);
  });
});

describe("readArea", () => {
  test.each([
    ["Ontario", undefined, "CA-ON"],
    ["ontario canada", undefined, "CA-ON"],
    ["Ontario, Canada", undefined, "CA-ON"],
    ["ca", undefined, "US-CA"],
    ["ca", "CA-ON", "CA"],
    ["Ontario, USA", undefined, undefined],
    ["London, Ontario", undefined, undefined],
    ["", undefined, undefined],
  ])("%s with hint %s is %s", (text, hint, area) => {
    expect(readArea(text, areasOf, hint)).toBe(area);
  });
});

describe("distances", () => {
  const losAngeles = { lat: 34.0522, lon: -118.2437 };
  const sanFrancisco = { lat: 37.7749, lon: -122.4194 };

  test.each([
    ["Los Angeles to San Francisco", losAngeles, sanFrancisco, 559],
    ["London to Sydney", { lat: 51.5074, lon: -0.1278 }, { lat: -33.8688, lon: 151.2093 }, 16_994],
    ["over the date line", { lat: 0, lon: 179.5 }, { lat: 0, lon: -179.5 }, 111.2],
    ["to the same point", losAngeles, losAngeles, 0],
  ])("%s", (_, from, to, km) => {
    expect(distanceKm(from, to)).toBeGreaterThanOrEqual(km * 0.99);
    expect(distanceKm(from, to)).toBeLessThanOrEqual(km * 1.01);
  });

  test("in miles where people drive in miles", () => {
    expect(kmToMiles(100)).toBeCloseTo(62.137, 3);
    expect(["US", "GB", "CA", "IE", "DE"].map(distanceUnit)).toEqual([
      "mi",
      "mi",
      "km",
      "km",
      "km",
    ]);
  });
});
