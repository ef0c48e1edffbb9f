import type { OptionGroup } from "#components/forms/select-field.tsx";
import { type Locale, listCountries, listRegions } from "#lib/reference/queries.ts";

const known = new Map<Locale, readonly OptionGroup[]>();

/** Every region a reader can be in, by country, in the alphabet of the language. */
export function regionGroups(locale: Locale): readonly OptionGroup[] {
  const groups = known.get(locale) ?? makeGroups(locale);
  known.set(locale, groups);
  return groups;
}

function makeGroups(locale: Locale): OptionGroup[] {
  const byName = new Intl.Collator(locale);
  return listCountries().map((country) => ({
    label: country.name[locale],
    options: listRegions()
      .filter((region) => region.country === country.code)
      .map((region) => ({ value: region.code, label: region.name[locale] }))
      .toSorted((a, b) => byName.compare(a.label, b.label)),
  }));
}
