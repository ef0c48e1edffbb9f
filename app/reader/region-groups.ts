import type { RegionGroup } from "#components/directory/region-select.tsx";
import { type Locale, listCountries, listRegions } from "#lib/reference/queries.ts";

const known = new Map<Locale, readonly RegionGroup[]>();

/** Every region a reader can be in, by country, in the alphabet of the language. */
export function regionGroups(locale: Locale): readonly RegionGroup[] {
  const groups = known.get(locale) ?? makeGroups(locale);
  known.set(locale, groups);
  return groups;
}

function makeGroups(locale: Locale): RegionGroup[] {
  const byName = new Intl.Collator(locale);
  return listCountries().map((country) => ({
    country: country.name[locale],
    regions: listRegions()
      .filter((region) => region.country === country.code)
      .map((region) => ({ code: region.code, name: region.name[locale] }))
      .toSorted((a, b) => byName.compare(a.name, b.name)),
  }));
}
