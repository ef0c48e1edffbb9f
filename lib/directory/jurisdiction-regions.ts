import { listCountries, listRegions } from "#lib/reference/queries.ts";

const regions = listRegions();
const national = new Set(
  listCountries()
    .filter((country) => country.licensingLevel === "country")
    .map((country) => country.code),
);

const table = new Map<string, readonly string[]>(
  regions.map((region) => [
    region.code,
    national.has(region.country)
      ? regions.filter((other) => other.country === region.country).map((other) => other.code)
      : [region.code],
  ]),
);

/** Where a right given in a region counts: there, or in the whole country where it is national. */
export function jurisdictionRegions(jurisdiction: string): readonly string[] {
  return table.get(jurisdiction) ?? [];
}
