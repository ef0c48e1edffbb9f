import { listRegions } from "#lib/reference/queries.ts";
import { askEngine, type SearchEngine } from "#lib/search/engine.ts";
import { regionCountQuery } from "./index-query.ts";

/** How many therapists reach a reader in each region today; regions with nobody are 0. */
export async function countByRegion(
  today: string,
  engine: SearchEngine,
): Promise<ReadonlyMap<string, number>> {
  const regions = listRegions().map(({ code }) => code);
  const queries = regions.map((region) => regionCountQuery(region, today, engine.indexUid));
  const results = await askEngine(engine, queries);
  return new Map(
    regions.map((region, position) => {
      const result = results[position] as { totalHits?: number } | undefined;
      return [region, result?.totalHits ?? 0];
    }),
  );
}
