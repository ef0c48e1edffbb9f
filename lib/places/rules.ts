import { geoDistance } from "d3-geo";

export type Place = {
  /** `Portland, US-OR`, or `Newport, GB-ENG~2` for a lesser namesake in one region, or a ZIP. */
  id: string;
  name: string;
  /** ISO 3166-2, such as `US-OR`. */
  region: string;
  /** ISO 3166-1; US territories count as US. */
  country: string;
  lat: number;
  lon: number;
  /** Rounded to thousands; absent for the many towns that are not in our list. */
  population?: number;
  /** The county or district, only where one region has several towns of the name. */
  district?: string;
};

/** A country whose postcodes are told by their shape; `other` where several countries share it. */
export type PostcodeOf = "US" | "CA" | "GB" | "IE" | "NL" | "other";

/**
 * `area` is the region or country that the whole text names ("California"), whatever towns share
 * the name. `others` are the less likely namesakes of a found place, at most 7.
 */
export type PlaceLookup =
  | { kind: "found"; place: Place; others?: Place[]; area?: string }
  | { kind: "ambiguous"; choices: Place[]; area?: string }
  | { kind: "unknown"; suggestions?: Place[]; area?: string; postcodeOf?: PostcodeOf };

/** No name of a place is longer, and folding what is would only spend time. */
export const longestText = 120;

const earthRadiusKm = 6371.0088;
const kmInMile = 1.609344;

type Point = { lat: number; lon: number };

/** Along the great circle, in kilometres. */
export function distanceKm(from: Point, to: Point): number {
  return geoDistance([from.lon, from.lat], [to.lon, to.lat]) * earthRadiusKm;
}

export function kmToMiles(km: number): number {
  return km / kmInMile;
}

/** The unit people there think in on the road. */
export function distanceUnit(country: string): "km" | "mi" {
  return country === "US" || country === "GB" ? "mi" : "km";
}

const lettersApart: Record<string, string> = { ß: "ss", ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d" };
// A Map, because people may type "constructor", which every object has.
const shortened = new Map([
  ["saint", "st"],
  ["sainte", "ste"],
  ["mount", "mt"],
  ["fort", "ft"],
]);

/**
 * The form in which names are compared: without accents, case and punctuation, Saint as St.
 * `Saint-Jérôme` and `st. jerome` fold to one key. Scripts other than Latin fold to nothing.
 */
export function foldName(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}|['’‘ʻʼ`´]/gu, "")
    .replace(/[ßøæœłđ]/g, (letter) => lettersApart[letter] ?? letter)
    .replace(/(?<![a-z])([a-z])\.(?=[a-z]\b|\W|$)/g, "$1")
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
    .split(" ")
    .map((word) => shortened.get(word) ?? word)
    .join(" ");
}

/** What a person typed, tidied: `undefined` when it is empty or too long to be a place. */
export function tidyText(text: string): string | undefined {
  if (text.length > longestText) return undefined;
  const tidy = text
    .normalize("NFKC")
    .replace(/[\p{C}\s]+/gu, " ")
    .replace(/^[\s,;.]+|[\s,;]+$/g, "");
  return tidy === "" || tidy.length > longestText ? undefined : tidy;
}

const outward = "[A-Z]{1,2}[0-9][A-Z0-9]?";
const postcodeShapes: readonly (readonly [PostcodeOf, string])[] = [
  ["US", "[0-9]{5}(?:-?[0-9]{4})?"],
  ["GB", `${outward} ?[0-9][A-Z]{2}`],
  ["NL", "[1-9][0-9]{3} ?[A-Z]{2}"],
  ["CA", "[ABCEGHJ-NPRSTVXY][0-9][A-Z](?: ?-?[0-9][A-Z][0-9])?"],
  ["IE", "[AC-FHKNPRTV-Y][0-9][0-9W] ?[0-9AC-FHKNPRTV-Y]{4}"],
  ["GB", outward],
  // Australia, New Zealand, and Dutch codes without their letters.
  ["other", "[0-9]{4}"],
  ["other", "D-[0-9]{5}"],
];

const shapes = postcodeShapes.map(([country, shape]) => ({
  country,
  whole: new RegExp(`^(?:${shape})$`, "i"),
  last: new RegExp(`^(.*[^\\s,])[\\s,]+(${shape})$`, "i"),
  first: new RegExp(`^(${shape})[\\s,]+([^\\s,].*)$`, "i"),
}));

/** A postcode alone, or before or after other words, which come back as `rest`. */
export function findPostcode(
  tidy: string,
): { country: PostcodeOf; code: string; rest: string } | undefined {
  for (const { country, whole } of shapes) {
    if (whole.test(tidy)) return { country, code: tidy, rest: "" };
  }
  for (const { country, last, first } of shapes) {
    const ending = last.exec(tidy);
    if (ending) return { country, code: ending[2] ?? "", rest: ending[1] ?? "" };
    const beginning = first.exec(tidy);
    if (beginning) return { country, code: beginning[1] ?? "", rest: beginning[2] ?? "" };
  }
  return undefined;
}

/** Codes of the countries and regions that a folded word or phrase may stand for. */
export type AreasOf = (phrase: string) => readonly string[] | undefined;

/**
 * One way to read a text: a town, each area it must lie in, and a larger place it should be near.
 * `areas` are alternatives each: "ca" is California or Canada.
 */
export type Reading = { name: string; areas: (readonly string[])[]; near?: string };

/**
 * Every way to read "Springfield, Fairfax, VA" or "portland oregon usa", the likeliest first.
 * A leading part that no town fits (a street) is given up for the parts after it.
 */
export function readText(tidy: string, areasOf: AreasOf): Reading[] {
  const parts = splitParts(tidy);
  return parts.flatMap((part, index) => readParts(part, parts.slice(index + 1), areasOf));
}

/** The code of a text that names an area and no town: "Ontario", "Ontario, Canada". */
export function readArea(tidy: string, areasOf: AreasOf, hint?: string): string | undefined {
  const areas = splitParts(tidy).map((part) => wholeAreas(part, areasOf));
  const [codes = [], ...within] = areas.flatMap((part) => part ?? [[]]);
  const fitting = codes.filter((code) =>
    within.every((others) => others.some((other) => liesIn(code, other))),
  );
  return fitting.find((code) => hint && liesIn(code, hint.slice(0, 2))) ?? fitting[0];
}

/** Whether a region, or a country, is `code` or a part of it. */
export function liesIn(region: string, code: string): boolean {
  return region === code || region.startsWith(`${code}-`);
}

function splitParts(tidy: string): string[] {
  return tidy.split(/[,;]/).map(foldName).filter(Boolean).slice(0, 6);
}

function readParts(first: string, rest: string[], areasOf: AreasOf): Reading[] {
  const known = rest.map((part) => wholeAreas(part, areasOf));
  const end = known.indexOf(undefined);
  const areas = known.slice(0, end < 0 ? known.length : end).flatMap((part) => part ?? []);
  const near = end < 0 ? {} : { near: rest.slice(end).join(", ") };
  const readings = stripAreas(first, areasOf);
  // "Dublin 8" is a part of Dublin.
  const [, unnumbered] = /^(.*[a-z]) \d{1,2}[a-z]?$/.exec(first) ?? [];
  if (unnumbered) readings.push({ name: unnumbered, areas: [] });
  return readings
    .filter(({ name }) => name !== "")
    .map((reading) => ({ name: reading.name, areas: [...reading.areas, ...areas], ...near }));
}

/** The areas of a phrase that names nothing else, the smallest first: "oregon usa". */
function wholeAreas(phrase: string, areasOf: AreasOf): (readonly string[])[] | undefined {
  const whole = areasOf(phrase);
  if (whole) return [whole];
  const stripped = stripAreas(phrase, areasOf).at(-1);
  return stripped?.name === "" ? stripped.areas : undefined;
}

/** "portland oregon usa" as it is, then without "usa", then without "oregon usa". */
function stripAreas(phrase: string, areasOf: AreasOf): Reading[] {
  const readings: Reading[] = [{ name: phrase, areas: [] }];
  let words = phrase.split(" ");
  let areas: (readonly string[])[] = [];
  for (;;) {
    const start = words.findIndex((_, index) => areasOf(words.slice(index).join(" ")));
    const area = start < 0 ? undefined : areasOf(words.slice(start).join(" "));
    if (!area) return readings;
    words = words.slice(0, start);
    areas = [area, ...areas];
    readings.push({ name: words.join(" "), areas });
  }
}
