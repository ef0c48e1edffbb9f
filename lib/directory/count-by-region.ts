import type { Meilisearch } from "meilisearch";
import { listRegions } from "#lib/reference/queries.ts";
import { asking } from "#lib/search/client.ts";
import { indexName } from "./index-directory.ts";
import { regionCountQuery } from "./index-query.ts";

/** How many therapists reach a reader in each region today; regions with nobody are 0. */
export async function countByRegion(
  today: string,
  client: Meilisearch,
  indexUid: string = indexName,
): Promise<ReadonlyMap<string, number>> {
  const regions = listRegions().map(({ code }) => code);
  const queries = regions.map((region) => regionCountQuery(region, today, indexUid));
  const { results } = await asking(() => client.multiSearch({ queries }));
  return new Map(
    regions.map((region, position) => {
      const result = results[position] as { totalHits?: number } | undefined;
      return [region, result?.totalHits ?? 0];
    }),
  );
}
