import type { CardView } from "./index-document.ts";
import type { FilterKey } from "./index-query.ts";
import type { FacetKey } from "./schema.ts";

export type Counts = Readonly<Record<string, number>>;

/** What a search finds, whoever did it: the engine, or Postgres in its place. */
export type Found = {
  total: number;
  cards: CardView[];
  /**
   * For each facet value, how many there would be under all other criteria. Null where Postgres would
   * have to count too many in the engine's place.
   */
  facets: Record<FacetKey, Counts> | null;
  accepting: number;
  /** When nothing was found: the criteria whose leaving out would help, best first. */
  loosen: { key: FilterKey | "q"; total: number }[];
};
