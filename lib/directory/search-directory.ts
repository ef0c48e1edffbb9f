import type { Meilisearch, MultiSearchResult } from "meilisearch";
import { type Db, primary } from "#db/client.ts";
import { lookUpPlace, type Place, type PlaceLookup } from "#lib/places/queries.ts";
import { asking } from "#lib/search/client.ts";
import { indexName } from "./index-directory.ts";
import type { CardView } from "./index-document.ts";
import {
  countQueries,
  type FilterKey,
  looseningQueries,
  type ResolvedCriteria,
  resultsQuery,
} from "./index-query.ts";
import { type Criteria, type FacetKey, facetKeys, maxPage, pageSize } from "./schema.ts";
import { visibleAmong } from "./visible-among.ts";

export type Counts = Readonly<Record<string, number>>;

export type DirectoryPage = {
  total: number;
  cards: CardView[];
  /** For each facet value, how many there would be under all other criteria. */
  facets: Record<FacetKey, Counts>;
  accepting: number;
  pages: number;
  place: Place | null;
  /** Other places of that name, for a reader who meant one of them. */
  otherPlaces: readonly Place[];
  /** Set when `where` named no single place. */
  placeProblem: Exclude<PlaceLookup, { kind: "found" }> | null;
  /** When nothing was found: the criteria whose leaving out would help, best first. */
  loosen: { key: FilterKey | "q"; total: number }[];
};

/** When a reader asked, and what the directory stood at then (`visibleAmong`). */
export type Moment = { today: string; stamp: string | null };

/**
 * What a person asked for -> what is found.
 * @throws UnavailableError when Meilisearch or Postgres does not answer.
 */
export async function searchDirectory(
  criteria: Criteria,
  { today, stamp }: Moment,
  client: Meilisearch,
  db: Db = primary(),
  indexUid: string = indexName,
): Promise<DirectoryPage> {
  const lookup = criteria.where ? await lookUpPlace(criteria.where, criteria.region) : null;
  const place = lookup?.kind === "found" ? lookup.place : null;
  const resolved: ResolvedCriteria = { ...criteria, place };

  const counts = countQueries(resolved, today, indexUid);
  const queries = [resultsQuery(resolved, today, indexUid), ...counts.map(({ query }) => query)];
  const [found, ...counted] = (
    await asking(() => client.multiSearch<{ queries: typeof queries }, CardView>({ queries }))
  ).results;
  if (found === undefined) throw new Error("Meilisearch left out the results");
  const total = found.totalHits ?? 0;

  const facets = Object.fromEntries(
    facetKeys.map((key) => [key, found.facetDistribution?.[key] ?? {}]),
  ) as Record<FacetKey, Record<string, number>>;
  let accepting = total;
  counts.forEach(({ key, value }, position) => {
    const answer = counted[position];
    if (key === "accepting") accepting = answer?.totalHits ?? 0;
    else if (value !== null) facets[key as FacetKey][value] = answer?.totalHits ?? 0;
    else facets[key as FacetKey] = answer?.facetDistribution?.[key] ?? {};
  });

  return {
    total,
    cards: await stillVisible(found.hits, today, stamp, db),
    facets,
    accepting,
    pages: Math.min(maxPage, Math.ceil(total / pageSize)),
    place,
    otherPlaces: lookup?.kind === "found" ? (lookup.others ?? []) : [],
    placeProblem: lookup === null || lookup.kind === "found" ? null : lookup,
    loosen: total === 0 ? await loosening(resolved, today, client, indexUid) : [],
  };
}

/** The index can be behind; who may be seen is decided by Postgres. */
async function stillVisible(
  hits: MultiSearchResult<CardView>["hits"],
  today: string,
  stamp: string | null,
  db: Db,
): Promise<CardView[]> {
  const visible = await visibleAmong(
    hits.map((hit) => hit.therapistId),
    today,
    stamp,
    db,
  );
  return hits.filter((hit) => visible.has(hit.therapistId));
}

async function loosening(
  criteria: ResolvedCriteria,
  today: string,
  client: Meilisearch,
  indexUid: string,
): Promise<DirectoryPage["loosen"]> {
  const ways = looseningQueries(criteria, today, indexUid);
  if (ways.length === 0) return [];
  const { results } = await asking(() =>
    client.multiSearch({ queries: ways.map(({ query }) => query) }),
  );
  return ways
    .map(({ key }, position) => ({ key, total: totalOf(results[position]) }))
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total);
}

function totalOf(result: unknown): number {
  return (result as { totalHits?: number } | undefined)?.totalHits ?? 0;
}
