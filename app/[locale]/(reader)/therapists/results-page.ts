import { regionGroups } from "#app/reader/region-groups.ts";
import type { Chip } from "#components/directory/chips.tsx";
import type { FacetView } from "#components/directory/facet-group.tsx";
import type { PlaceChoice, PlaceTrouble } from "#components/directory/problem-notices.tsx";
import type { CardFit } from "#components/directory/result-card.tsx";
import type { ResultsPage } from "#components/directory/results-view.tsx";
import type { SearchWay } from "#components/directory/search-buttons.tsx";
import { distanceText } from "#components/directory/search-form.tsx";
import type { Page } from "#components/ui/page.ts";
import type { CardView } from "#lib/directory/index-document.ts";
import { type Criteria, type FacetKey, facetKeys, noCriteria } from "#lib/directory/schema.ts";
import type { AskedSearch } from "#lib/directory/sealed-search.ts";
import type { DirectoryPage } from "#lib/directory/search-directory.ts";
import { placeLabel } from "#lib/places/labels.ts";
import type { Place } from "#lib/places/queries.ts";
import { distanceKm, distanceUnit } from "#lib/places/rules.ts";
import { countryName, findRegion, listTerms } from "#lib/reference/queries.ts";
import { searchAddress } from "./search-address.ts";

/** The address of the same search, but for a change. */
type HrefOf = (change: Partial<Criteria>) => string;

/** Turns what was found into what the results page shows. */
export function resultsPage(
  page: Page,
  { criteria, problems, expanded }: AskedSearch,
  found: DirectoryPage,
  way: SearchWay,
): ResultsPage {
  const hrefOf: HrefOf = (change) => {
    const changed = { criteria: { ...criteria, ...change }, problems: [], expanded: null };
    return page.href(searchAddress(way, changed));
  };
  const unit = distanceUnit(found.place?.country ?? criteria.region.slice(0, 2));
  return {
    form: {
      way,
      criteria,
      regions: regionGroups(page.locale),
      facets: facetKeys.map((facet) =>
        facetView(page, facet, criteria[facet], found.facets?.[facet] ?? null, expanded),
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
    placeTrouble: placeTrouble(page, criteria, found, hrefOf),
    otherPlaces: found.otherPlaces.map((place) => placeChoice(page, place, hrefOf)),
    nearWithoutPlace: criteria.sort === "near" && found.place === null,
    chips: chips(page, criteria, found, unit, hrefOf),
    clearHref: hrefOf(noCriteria),
    results: found.cards.map((card) => ({ card, fit: fitOf(page, criteria, card, found, unit) })),
    pages: found.pages,
    hrefOfPage: (number) => hrefOf({ page: number }),
    trouble: found.trouble,
    loosen: found.loosen.map(({ key, total }) => ({
      what: page.t(`search.key.${key}`),
      total,
      href: hrefOf({ [key]: emptyOf(key), page: 1 }),
    })),
  };
}

function emptyOf(key: FacetKey | "region" | "accepting" | "where" | "q"): string | boolean | [] {
  if (key === "accepting") return false;
  return key === "region" || key === "where" || key === "q" ? "" : [];
}

const listedPerFacet = 12;

/**
 * Values that would leave somebody, and those already chosen, in the reference data's order; all of
 * them where nobody counted. Of a long group only the commonest are listed, unless it was asked for
 * in full.
 */
function facetView(
  page: Page,
  facet: FacetKey,
  chosen: readonly string[],
  counts: Readonly<Record<string, number>> | null,
  expanded: FacetKey | null,
): FacetView {
  const values = listTerms(facet)
    .map(({ id, label }) => ({
      id,
      label: label[page.locale],
      count: counts === null ? null : (counts[id] ?? 0),
      chosen: chosen.includes(id),
    }))
    .filter(({ count, chosen }) => count === null || count > 0 || chosen);
  const commonest = values
    .toSorted((a, b) => (b.count ?? 0) - (a.count ?? 0))
    .slice(0, listedPerFacet);
  const listed =
    expanded === facet
      ? values
      : values.filter((value) => value.chosen || commonest.includes(value));
  return {
    facet,
    values: listed,
    hidden: values.length - listed.length,
    open: expanded === facet || chosen.length > 0,
    expanded: expanded === facet,
  };
}

function chips(
  page: Page,
  criteria: Criteria,
  found: DirectoryPage,
  unit: "km" | "mi",
  hrefOf: HrefOf,
): Chip[] {
  const without: HrefOf = (change) => hrefOf({ page: 1, ...change });
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

function placeTrouble(
  page: Page,
  criteria: Criteria,
  found: DirectoryPage,
  hrefOf: HrefOf,
): PlaceTrouble | null {
  const problem = found.placeProblem;
  if (problem === null) return null;
  const places = problem.kind === "ambiguous" ? problem.choices : (problem.suggestions ?? []);
  const choices = places.map((place) => placeChoice(page, place, hrefOf));
  if (problem.area !== undefined && findRegion(problem.area)) {
    const region = page.region(problem.area);
    choices.unshift({
      label: page.t("search.placeArea", { region }),
      href: hrefOf({ where: "", region: problem.area, page: 1 }),
    });
  }
  const unknown = problem.kind === "unknown" && problem.postcodeOf ? "postcode" : "unknown";
  return {
    kind: problem.kind === "ambiguous" ? "ambiguous" : unknown,
    asked: criteria.where,
    choices,
  };
}

function placeChoice(page: Page, place: Place, hrefOf: HrefOf): PlaceChoice {
  return { label: placeText(page, place), href: hrefOf({ where: place.id, page: 1 }) };
}

function placeText(page: Page, place: Place): string {
  return placeLabel(place, page.region(place.region), countryName(place.country, page.locale));
}
