import { openAddress, sealAddress } from "#lib/sealing/sealed-address.ts";
import {
  type Criteria,
  criteriaQuery,
  type FacetKey,
  type KnownIds,
  type Problem,
  parseCriteria,
} from "./schema.ts";

/** What was asked for, what was left out of it, and the facet to list in full. */
export type AskedSearch = {
  criteria: Criteria;
  problems: readonly Problem[];
  expanded: FacetKey | null;
};

/** The number goes up when `Written` changes shape. */
const purpose = "search 1";

type Written = { query: string; problems: readonly Problem[]; expanded: FacetKey | null };

/** A search as the value of `s` in an address, of which it tells nothing. */
export function sealSearch({ criteria, problems, expanded }: AskedSearch, now?: number): string {
  const written: Written = { query: criteriaQuery(criteria), problems, expanded };
  return sealAddress(JSON.stringify(written), purpose, now);
}

/** Null when it has lapsed or is no search of ours. */
export function openSearch(sealed: string, known: KnownIds, now?: number): AskedSearch | null {
  const opened = openAddress(sealed, purpose, now);
  if (opened === null) return null;
  // Nobody but us can seal, so what opens has our shape; terms may have gone since.
  const { query, problems, expanded } = JSON.parse(opened) as Written;
  const { criteria, problems: since } = parseCriteria(new URLSearchParams(query), known);
  return { criteria, problems: [...problems, ...since], expanded };
}
