import type { Gazetteer } from "./load-gazetteer.ts";
import {
  distanceKm,
  findPostcode,
  foldName,
  liesIn,
  type PlaceLookup,
  type Reading,
  readArea,
  readText,
  tidyText,
} from "./rules.ts";
import { suggestPlaces } from "./suggest-places.ts";

type Unknown = Extract<PlaceLookup, { kind: "unknown" }>;

const mostChoices = 8;
/** So many times larger, a town is what everybody means: London, but not Portland in Oregon. */
const unmistakable = 10;
/** In thousands. A town that bears a region's name counts only from here: Berlin, not California MD. */
const largerThanItsName = 100;
/** "Astoria, Queens": how far a part may lie from the middle of the whole. */
const partWithinKm = 50;
/** A ZIP and the words beside it, "Portland 97201", mean one thing within this. */
const zipWithinKm = 80;

/**
 * What a person means by `text`. A `hint`, such as the region they search in, decides between
 * namesakes, and is ignored where it fits none. Never throws, whatever the text.
 */
export function matchPlace(gazetteer: Gazetteer, text: string, hint?: string): PlaceLookup {
  const tidy = tidyText(text);
  if (tidy === undefined) return { kind: "unknown" };
  const byId = townOfId(gazetteer, tidy);
  if (byId !== undefined) return { kind: "found", place: gazetteer.placeAt(byId) };
  return (
    matchWholePostcode(gazetteer, tidy) ??
    matchAroundPostcode(gazetteer, tidy, hint) ??
    matchWords(gazetteer, tidy, hint) ??
    unknown(gazetteer, tidy)
  );
}

function townOfId(gazetteer: Gazetteer, tidy: string): number | undefined {
  const [, name = "", region, ordinal = "1"] =
    /^(.+), ([A-Z]{2}-[A-Z0-9]{1,3})(?:~(\d{1,3}))?$/.exec(tidy) ?? [];
  if (!region) return undefined;
  return gazetteer
    .townsOf(foldName(name))
    .find(
      (town) =>
        gazetteer.regionOf(town) === region &&
        gazetteer.ordinalOf(town) === Number(ordinal) &&
        gazetteer.placeAt(town).name === name,
    );
}

function matchWholePostcode(gazetteer: Gazetteer, tidy: string): PlaceLookup | undefined {
  const postcode = findPostcode(tidy);
  if (postcode?.rest !== "") return undefined;
  const place = postcode.country === "US" && gazetteer.zipPlace(postcode.code.slice(0, 5));
  if (place) return { kind: "found", place };
  return { kind: "unknown", postcodeOf: postcode.country };
}

/** Undefined when no reading of the words fits a town. */
function matchWords(gazetteer: Gazetteer, tidy: string, hint?: string): PlaceLookup | undefined {
  const area = readArea(tidy, gazetteer.areasOf, hint);
  for (const reading of readText(tidy, gazetteer.areasOf)) {
    const towns = townsOfReading(gazetteer, reading);
    if (area && !towns.some((town) => outshines(gazetteer, town, area))) continue;
    if (towns.length > 0) return withArea(choose(gazetteer, towns, hint), tidy, area);
  }
  return undefined;
}

function outshines(gazetteer: Gazetteer, town: number, area: string): boolean {
  return liesIn(gazetteer.regionOf(town), area) || gazetteer.weightOf(town) >= largerThanItsName;
}

/** Washington may be the state: the town is not found but offered. LA, though, is Los Angeles. */
function withArea(lookup: PlaceLookup, tidy: string, area?: string): PlaceLookup {
  if (!area) return lookup;
  const elsewhere = lookup.kind === "found" && !liesIn(lookup.place.region, area);
  if (!elsewhere || foldName(tidy).length <= 2) return { ...lookup, area };
  return { kind: "ambiguous", choices: [lookup.place, ...(lookup.others ?? [])], area };
}

function townsOfReading(gazetteer: Gazetteer, { name, areas, near }: Reading): readonly number[] {
  const towns = gazetteer
    .townsOf(name)
    .filter((town) =>
      areas.every((codes) => codes.some((code) => liesIn(gazetteer.regionOf(town), code))),
    );
  if (near === undefined || towns.length === 0) return towns;
  const district = foldName(near.split(", ")[0] ?? "").replace(/^(?:county|co) | county$/g, "");
  const inDistrict = towns.filter((town) =>
    ` ${foldName(gazetteer.districtOf(town) ?? "")} `.includes(` ${district} `),
  );
  return inDistrict.length > 0 ? inDistrict : townsNear(gazetteer, towns, near);
}

function townsNear(gazetteer: Gazetteer, towns: readonly number[], near: string): number[] {
  // Each step leaves a part of the text behind, so this ends.
  const whole = matchWords(gazetteer, near);
  if (!whole || whole.kind === "unknown") return [];
  const centres = whole.kind === "found" ? [whole.place] : whole.choices;
  return towns.filter((town) =>
    centres.some((centre) => distanceKm(centre, gazetteer.placeAt(town)) <= partWithinKm),
  );
}

/** `towns` are in order of prominence, and not empty. */
function choose(gazetteer: Gazetteer, towns: readonly number[], hint?: string): PlaceLookup {
  const hinted = hint ? towns.filter((town) => liesIn(gazetteer.regionOf(town), hint)) : [];
  const ordered = hinted.length > 0 ? hinted : towns;
  const [first = 0, second] = ordered;
  const places = ordered.slice(0, mostChoices).map(gazetteer.placeAt);
  const [place, ...others] = places;
  const wins =
    second === undefined || gazetteer.weightOf(first) >= unmistakable * gazetteer.weightOf(second);
  if (!place || !wins) return { kind: "ambiguous", choices: places };
  return { kind: "found", place, ...(others.length > 0 ? { others } : {}) };
}

/** "97201 Portland", "London SW1A 1AA", "10115 Berlin", "Toronto, ON M5V 2T6". */
function matchAroundPostcode(
  gazetteer: Gazetteer,
  tidy: string,
  hint?: string,
): PlaceLookup | undefined {
  const postcode = findPostcode(tidy);
  const rest = postcode && tidyText(postcode.rest);
  if (!rest || gazetteer.townsOf(foldName(tidy)).length > 0) return undefined;
  const { country, code } = postcode;
  const ownHint = country === "US" || country === "other" ? hint : country;
  const words = matchWords(gazetteer, rest, ownHint);
  if (country !== "US") return words ?? { ...unknown(gazetteer, rest), postcodeOf: country };
  const zip = gazetteer.zipPlace(code.slice(0, 5));
  if (!zip) return words;
  const area = readArea(rest, gazetteer.areasOf, zip.region);
  if (area && liesIn(zip.region, area)) return { kind: "found", place: zip };
  if (!words || words.kind === "unknown") return words ?? { kind: "found", place: zip };
  const meant = words.kind === "found" ? [words.place, ...(words.others ?? [])] : words.choices;
  const agrees = meant.some((place) => distanceKm(place, zip) <= zipWithinKm);
  return agrees ? { kind: "found", place: zip } : words;
}

function unknown(gazetteer: Gazetteer, tidy: string): Unknown {
  const area = readArea(tidy, gazetteer.areasOf);
  const readings = readText(tidy, gazetteer.areasOf);
  const suggestions = suggestPlaces(gazetteer, readings, !area);
  return {
    kind: "unknown",
    ...(area ? { area } : {}),
    ...(suggestions.length > 0 ? { suggestions } : {}),
  };
}
