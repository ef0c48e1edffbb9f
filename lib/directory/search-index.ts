import { askEngine, type SearchEngine } from "#lib/search/engine.ts";
import type { Found } from "./found.ts";
import type { CardView } from "./index-document.ts";
import {
  countQueries,
  looseningQueries,
  type ResolvedCriteria,
  resultsQuery,
} from "./index-query.ts";
import { type FacetKey, facetKeys } from "./schema.ts";

/**
 * The search as Meilisearch does it.
 * @throws UnavailableError when no node answers
 */
export async function searchIndex(
  criteria: ResolvedCriteria,
  today: string,
  engine: SearchEngine,
): Promise<Found> {
  const { indexUid } = engine;
  const counts = countQueries(criteria, today, indexUid);
  const queries = [resultsQuery(criteria, today, indexUid), ...counts.map(({ query }) => query)];
  const [found, ...counted] = await askEngine<CardView>(engine, queries);
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
  const loosen = total === 0 ? await loosening(criteria, today, engine) : [];
  return { total, cards: found.hits, facets, accepting, loosen };
}

async function loosening(
  criteria: ResolvedCriteria,
  today: string,
  engine: SearchEngine,
): Promise<Found["loosen"]> {
  const ways = looseningQueries(criteria, today, engine.indexUid);
  if (ways.length === 0) return [];
  const results = await askEngine(
    engine,
    ways.map(({ query }) => query),
  );
  return ways
    .map(({ key }, position) => ({ key, total: totalOf(results[position]) }))
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total);
}

function totalOf(result: unknown): number {
  return (result as { totalHits?: number } | undefined)?.totalHits ?? 0;
}
