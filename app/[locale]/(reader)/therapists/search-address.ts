import type { SearchWay } from "#components/directory/search-buttons.tsx";
import { criteriaQuery } from "#lib/directory/schema.ts";
import { type AskedSearch, sealSearch } from "#lib/directory/sealed-search.ts";

/** The path of a search. Every link that holds criteria comes from here, so that none leaks them. */
export function searchAddress(way: SearchWay, asked: AskedSearch): string {
  if (way === "private") return `/therapists?s=${sealSearch(asked)}`;
  const query = criteriaQuery(asked.criteria);
  return query ? `/therapists?${query}` : "/therapists";
}
