import { isDeepStrictEqual } from "node:util";
import type { Index, Settings } from "meilisearch";
import { findTerm, type Term } from "#lib/reference/queries.ts";
import { type FacetKey, facetKeys } from "./schema.ts";

/** The index's settings, as code. Order matters in searchable attributes and ranking rules. */
export function indexSettings(): Settings {
  return {
    searchableAttributes: [
      "name",
      "modalityWords",
      "concernWords",
      "headline",
      "approach",
      "trainingWords",
      "otherWords",
    ],
    filterableAttributes: [
      "_geo",
      "acceptingUntil",
      "main",
      "reach",
      "therapistId",
      "visibleUntil",
      ...facetKeys,
    ].sort(),
    sortableAttributes: ["_geo", "acceptingUntil", "confirmed", "shuffle"],
    rankingRules: ["words", "typo", "sort", "proximity", "attribute", "exactness"],
    pagination: { maxTotalHits: 1_000_000 },
    faceting: { maxValuesPerFacet: 200 },
    typoTolerance: { minWordSizeForTypos: { oneTypo: 4, twoTypos: 8 } },
    // None: each document holds every name of its terms (`namesOf`), which is as good to find them
    // by, forgives typos as well, and spares each query the engine's many readings of it.
    synonyms: {},
  };
}

/** Brings the settings up to date, and leaves the engine alone when they already are. */
export async function applySettings(index: Index): Promise<boolean> {
  const wanted = indexSettings();
  const present = await index.getSettings();
  const differs = Object.entries(wanted).some(
    ([key, value]) => !sameSetting(value, present[key as keyof Settings]),
  );
  if (differs) await index.updateSettings(wanted).waitTask({ timeout: 0 });
  return differs;
}

/** The engine answers with defaults filled in, so only what we set is compared. */
function sameSetting(wanted: unknown, present: unknown): boolean {
  if (Array.isArray(wanted) || typeof wanted !== "object" || wanted === null) {
    return isDeepStrictEqual(wanted, present);
  }
  const given = (present ?? {}) as Record<string, unknown>;
  // Nothing wanted is a wish too: what an earlier version set must go.
  if (Object.keys(wanted).length === 0) return Object.keys(given).length === 0;
  return Object.entries(wanted).every(([key, value]) => sameSetting(value, given[key]));
}

/** Every name a term goes by: "Eye movement … (EMDR)" gives the long form and the letters. */
export function namesOf(term: Term): string[] {
  const names = [term.label.en, term.label.es, ...term.synonyms].flatMap((label) =>
    label.split(/[()/,:]/),
  );
  return [...new Set(names.map((name) => name.trim().toLowerCase()).filter((name) => name !== ""))];
}

export function namesOfTerms(kind: FacetKey, ids: readonly string[]): string[] {
  return ids.flatMap((id) => {
    const term = findTerm(kind, id);
    return term ? namesOf(term) : [];
  });
}
