import type { MultiSearchQuery } from "meilisearch";
import { type SessionFormat, sessionFormats } from "#db/vocabulary.ts";
import type { Place } from "#lib/places/queries.ts";
import { cardFields } from "./index-document.ts";
import { reachFilter } from "./reach-number.ts";
import { dayNumber } from "./rules.ts";
import { type Criteria, type FacetKey, facetKeys, noCriteria, pageSize } from "./schema.ts";

/** Criteria with `where` already looked up. */
export type ResolvedCriteria = Omit<Criteria, "where"> & { place: Place | null };

/** A criterion as a whole, as one that can be loosened. */
export type FilterKey = FacetKey | "region" | "accepting" | "where";

type Query = MultiSearchQuery & { indexUid: string };

/** The filter of one search: all keys together, any value within a key. */
export function filterOf(
  criteria: ResolvedCriteria,
  today: string,
  leaveOut: FilterKey | null = null,
): string[] {
  const wanted = (key: FilterKey) => key !== leaveOut;
  const now = dayNumber(today);
  const filter = [`visibleUntil >= ${now}`];
  const formats = wanted("format") ? criteria.format : [];
  if (criteria.region && wanted("region")) {
    filter.push(anyReach(criteria.region, formats, today));
  } else if (formats.length > 0) {
    filter.push(anyOf("format", formats));
  }
  for (const key of facetKeys) {
    if (key === "format" || !wanted(key) || criteria[key].length === 0) continue;
    filter.push(anyOf(key, criteria[key]));
  }
  if (criteria.accepting && wanted("accepting")) filter.push(`acceptingUntil >= ${now}`);
  if (criteria.place && wanted("where")) {
    const { lat, lon } = criteria.place;
    filter.push(`_geoRadius(${lat}, ${lon}, ${criteria.within * 1000})`);
  } else {
    filter.push("main = true");
  }
  return filter;
}

/** Whether someone reaches a reader in a region, in one of some formats, on a day. */
function anyReach(region: string, formats: readonly SessionFormat[], day: string): string {
  const ways = formats.length > 0 ? formats : sessionFormats;
  return ways.map((format) => reachFilter(region, format, day)).join(" OR ");
}

/** Values are ids of the reference data; they are quoted all the same. */
function anyOf(key: FacetKey, values: readonly string[]): string {
  return `${key} IN [${values.map((value) => JSON.stringify(value)).join(", ")}]`;
}

/** The results of one page, with the counts of every facet that nothing is chosen from. */
export function resultsQuery(criteria: ResolvedCriteria, today: string, indexUid: string): Query {
  return {
    ...counting(criteria, today, indexUid, null),
    facets: facetKeys.filter((key) => countedWithResults(criteria, key)),
    attributesToRetrieve: [...cardFields],
    hitsPerPage: pageSize,
    page: criteria.page,
    sort: sortOf(criteria),
  };
}

/** Format counts depend on the region: a room elsewhere is no format here. */
function countedWithResults(criteria: ResolvedCriteria, key: FacetKey): boolean {
  return criteria[key].length === 0 && !(key === "format" && criteria.region);
}

export type CountQuery = { query: Query; key: FilterKey; value: string | null };

/** The counts that need a question of their own: each facet under all criteria but its own. */
export function countQueries(
  criteria: ResolvedCriteria,
  today: string,
  indexUid: string,
): CountQuery[] {
  const queries: CountQuery[] = [];
  for (const key of facetKeys) {
    if (countedWithResults(criteria, key)) continue;
    if (key === "format" && criteria.region) {
      for (const format of sessionFormats) {
        const only = { ...criteria, format: [format] };
        queries.push({ key, value: format, query: counting(only, today, indexUid, null) });
      }
      continue;
    }
    queries.push({
      key,
      value: null,
      query: { ...counting(criteria, today, indexUid, key), facets: [key] },
    });
  }
  if (!criteria.accepting) {
    const only = { ...criteria, accepting: true };
    queries.push({ key: "accepting", value: "1", query: counting(only, today, indexUid, null) });
  }
  return queries;
}

/** A search with one criterion less, when nothing was found: `leaveOut`, or else its words. */
export type LooserSearch = {
  key: FilterKey | "q";
  criteria: ResolvedCriteria;
  leaveOut: FilterKey | null;
};

export function waysToLoosen(criteria: ResolvedCriteria): LooserSearch[] {
  const active: FilterKey[] = facetKeys.filter((key) => criteria[key].length > 0);
  if (criteria.region) active.push("region");
  if (criteria.accepting) active.push("accepting");
  if (criteria.place) active.push("where");
  const ways: LooserSearch[] = active.map((key) => ({ key, criteria, leaveOut: key }));
  if (criteria.q) ways.push({ key: "q", criteria: { ...criteria, q: "" }, leaveOut: null });
  return ways;
}

/** How many there would be with one criterion left out. */
export function looseningQueries(
  criteria: ResolvedCriteria,
  today: string,
  indexUid: string,
): { key: FilterKey | "q"; query: Query }[] {
  return waysToLoosen(criteria).map(({ key, criteria: loose, leaveOut }) => ({
    key,
    query: counting(loose, today, indexUid, leaveOut),
  }));
}

/** How many reach a reader in a region, in any format. */
export function regionCountQuery(region: string, today: string, indexUid: string): Query {
  return counting({ ...noCriteria, region, place: null }, today, indexUid, null);
}

function counting(
  criteria: ResolvedCriteria,
  today: string,
  indexUid: string,
  leaveOut: FilterKey | null,
): Query {
  const byPlace = criteria.place !== null && leaveOut !== "where";
  return {
    indexUid,
    q: criteria.q,
    matchingStrategy: "all",
    filter: filterOf(criteria, today, leaveOut),
    // A therapist with two rooms in reach is one result.
    ...(byPlace ? { distinct: "therapistId" } : {}),
    attributesToRetrieve: [],
    hitsPerPage: 0,
  };
}

function sortOf(criteria: ResolvedCriteria): string[] {
  if (criteria.sort === "near" && criteria.place) {
    return [`_geoPoint(${criteria.place.lat}, ${criteria.place.lon}):asc`, "shuffle:asc"];
  }
  if (criteria.sort === "recent") return ["confirmed:desc", "shuffle:asc"];
  return ["acceptingUntil:desc", "shuffle:asc"];
}
