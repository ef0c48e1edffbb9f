import { regionGroups } from "#app/reader/region-groups.ts";
import type { Chip } from "#components/directory/chips.tsx";
import type { FacetView } from "#components/directory/facet-group.tsx";
import type { PlaceChoice, PlaceTrouble } from "#components/directory/problem-notices.tsx";
import type { CardFit } from "#components/directory/result-card.tsx";
import type { ResultsPage } from "#components/directory/results-view.tsx";
import { distanceText } from "#components/directory/search-form.tsx";
import type { Page } from "#components/ui/page.ts";
import type { CardView } from "#lib/directory/index-document.ts";
import {
  type Criteria,
  criteriaQuery,
  type FacetKey,
  facetKeys,
  type Problem,
} from "#lib/directory/schema.ts";
import type { DirectoryPage } from "#lib/directory/search-directory.ts";
import { placeLabel } from "#lib/places/labels.ts";
import type { Place } from "#lib/places/queries.ts";
import { distanceKm, distanceUnit } from "#lib/places/rules.ts";
import { countryName, findRegion, listTerms } from "#lib/reference/queries.ts";

/**
 * Turns what was found into what the results page shows.
 * @param expanded the facet to list in full, if any; a word that is no facet lists none.
 */
export function resultsPage(
  page: Page,
  criteria: Criteria,
  problems: readonly Problem[],
  found: DirectoryPage,
  expanded: string | null,
): ResultsPage {
  const hrefOf = (change: Partial<Criteria>) => searchHref(page, criteria, change);
  const unit = distanceUnit(found.place?.country ?? criteria.region.slice(0, 2));
  return {
    form: {
      criteria,
      regions: regionGroups(page.locale),
      facets: facetKeys.map((facet) =>
        facetView(page, facet, criteria[facet], found.facets[facet], expanded),
      ),
      expanded: expanded !== null,
      acceptingCount: found.accepting,
      total: found.total,
      filtersOn:
        facetKeys.reduce((sum, key) => sum + criteria[key].length, 0) +
        Number(criteria.accepting) +
        Number(found.place !== null),
      distanceUnit: unit,
    },
    problems,
    placeTrouble: placeTrouble(page, criteria, found),
    otherPlaces: found.otherPlaces.map((place) => placeChoice(page, criteria, place)),
    nearWithoutPlace: criteria.sort === "near" && found.place === null,
    chips: chips(page, criteria, found, unit),
    results: found.cards.map((card) => ({ card, fit: fitOf(page, criteria, card, found, unit) })),
    pages: found.pages,
    hrefOfPage: (number) => hrefOf({ page: number }),
    loosen: found.loosen.map(({ key, total }) => ({
      what: page.t(`search.key.${key}`),
      total,
      href: hrefOf({ [key]: emptyOf(key), page: 1 }),
    })),
  };
}

function searchHref(page: Page, criteria: Criteria, change: Partial<Criteria>): string {
  const query = criteriaQuery(criteria, change);
  return page.href(query ? `/therapists?${query}` : "/therapists");
}

function emptyOf(key: FacetKey | "region" | "accepting" | "where" | "q"): string | boolean | [] {
  if (key === "accepting") return false;
  return key === "region" || key === "where" || key === "q" ? "" : [];
}

const listedPerFacet = 12;

/**
 * Values that would leave somebody, and those already chosen, in the reference data's order. Of a
 * long group only the commonest are listed, unless it was asked for in full.
 */
function facetView(
  page: Page,
  facet: FacetKey,
  chosen: readonly string[],
  counts: Readonly<Record<string, number>>,
  expanded: string | null,
): FacetView {
  const values = listTerms(facet)
    .map(({ id, label }) => ({
      id,
      label: label[page.locale],
      count: counts[id] ?? 0,
      chosen: chosen.includes(id),
    }))
    .filter(({ count, chosen }) => count > 0 || chosen);
  const commonest = values.toSorted((a, b) => b.count - a.count).slice(0, listedPerFacet);
  const listed =
    expanded === facet
      ? values
      : values.filter((value) => value.chosen || commonest.includes(value));
  return {
    facet,
    values: listed,
    hidden: values.length - listed.length,
    open: expanded === facet || chosen.length > 0,
  };
}

function chips(page: Page, criteria: Criteria, found: DirectoryPage, unit: "km" | "mi"): Chip[] {
  const without = (change: Partial<Criteria>) => searchHref(page, criteria, { page: 1, ...change });
  const list: Chip[] = [];
  if (criteria.q) list.push({ label: `“${criteria.q}”`, href: without({ q: "" }) });
  if (found.place) {
    const distance = distanceText(page, criteria.within, unit);
    const place = placeText(page, found.place);
    list.push({
      label: page.t("search.whereLabel", { distance, place }),
      href: without({ where: "" }),
    });
  }
  if (criteria.region) {
    const region = page.region(criteria.region);
    list.push({ label: page.t("search.regionLabel", { region }), href: without({ region: "" }) });
  }
  if (criteria.accepting) {
    list.push({ label: page.t("search.accepting"), href: without({ accepting: false }) });
  }
  for (const key of facetKeys) {
    for (const id of criteria[key]) {
      const others = criteria[key].filter((other) => other !== id);
      list.push({ label: page.term(key, id), href: without({ [key]: others }) });
    }
  }
  return list;
}

/** The criteria that this card meets, in its reader's words. */
function fitOf(
  page: Page,
  criteria: Criteria,
  card: CardView,
  found: DirectoryPage,
  unit: "km" | "mi",
): CardFit {
  const matches = facetKeys.flatMap((key) =>
    criteria[key].filter((id) => card[key].includes(id)).map((id) => page.term(key, id)),
  );
  const position = card._geo;
  if (found.place === null || position === undefined) return { matches, distance: null };
  const km = distanceKm(found.place, { lat: position.lat, lon: position.lng });
  return { matches, distance: distanceText(page, Math.max(1, km), unit) };
}

function placeTrouble(page: Page, criteria: Criteria, found: DirectoryPage): PlaceTrouble | null {
  const problem = found.placeProblem;
  if (problem === null) return null;
  const places = problem.kind === "ambiguous" ? problem.choices : (problem.suggestions ?? []);
  const choices = places.map((place) => placeChoice(page, criteria, place));
  if (problem.area !== undefined && findRegion(problem.area)) {
    const region = page.region(problem.area);
    choices.unshift({
      label: page.t("search.placeArea", { region }),
      href: searchHref(page, criteria, { where: "", region: problem.area, page: 1 }),
    });
  }
  const unknown = problem.kind === "unknown" && problem.postcodeOf ? "postcode" : "unknown";
  return {
    kind: problem.kind === "ambiguous" ? "ambiguous" : unknown,
    asked: criteria.where,
    choices,
  };
}

function placeChoice(page: Page, criteria: Criteria, place: Place): PlaceChoice {
  return {
    label: placeText(page, place),
    href: searchHref(page, criteria, { where: place.id, page: 1 }),
  };
}

function placeText(page: Page, place: Place): string {
  return placeLabel(place, page.region(place.region), countryName(place.country, page.locale));
}
