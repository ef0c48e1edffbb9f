import { readFile } from "node:fs/promises";
import { type GazetteerFile, gazetteerFormat } from "./gazetteer-file.ts";
import type { AreasOf, Place } from "./rules.ts";

/** In thousands: what a town counts for that is not in our list of prominent ones. */
const unlisted = 12;

export type Gazetteer = {
  /** The folded names, sorted. */
  keys: readonly string[];
  areasOf: AreasOf;
  /** Indexes of the towns of a folded name, the most prominent first. */
  townsOf: (key: string) => readonly number[];
  townsAt: (line: number) => readonly number[];
  regionOf: (index: number) => string;
  /** Inhabitants in thousands, for comparing. */
  weightOf: (index: number) => number;
  ordinalOf: (index: number) => number;
  districtOf: (index: number) => string | undefined;
  placeAt: (index: number) => Place;
  zipPlace: (zip: string) => Place | undefined;
};

/** From the file; where it is missing, old or broken, from the sources, leaving a new file. */
export async function loadGazetteer(file: string): Promise<Gazetteer> {
  const read = await readGazetteer(file);
  return openGazetteer(read ?? (await rebuild(file)));
}

async function readGazetteer(file: string): Promise<GazetteerFile | undefined> {
  try {
    const data = JSON.parse(await readFile(file, "utf8")) as GazetteerFile;
    return data.format === gazetteerFormat ? data : undefined;
  } catch {
    return undefined;
  }
}

/** A disk that cannot be written costs two seconds at each start, not the search. */
async function rebuild(file: string): Promise<GazetteerFile> {
  const { compileGazetteer, writeGazetteer } = await import("./build-gazetteer.ts");
  const data = compileGazetteer();
  await writeGazetteer(file, data).catch(() => undefined);
  return data;
}

export function openGazetteer(file: GazetteerFile): Gazetteer {
  const names = file.names.split("\n");
  const keys = file.keys.split("\n");
  const areas = new Map(file.areas);
  const ordinals = new Map(file.ordinals);
  const districts = new Map(file.districts);

  const regionOf = (index: number) => file.regions[file.regionOf[index] ?? -1] ?? "";
  const townsAt = (line: number) => {
    const places = file.keyPlaces[line] ?? [];
    return typeof places === "number" ? [places] : places;
  };
  const placeAt = (index: number): Place => {
    const region = regionOf(index);
    const ordinal = ordinals.get(index);
    const population = file.population[index];
    const district = districts.get(index);
    return {
      id: `${names[index]}, ${region}${ordinal ? `~${ordinal}` : ""}`,
      name: names[index] ?? "",
      region,
      country: region.slice(0, 2),
      ...degrees(file.lat[index], file.lon[index]),
      ...(population ? { population: population * 1000 } : {}),
      ...(district ? { district } : {}),
    };
  };

  return {
    keys,
    areasOf: (phrase) => areas.get(phrase),
    townsOf: (key) => {
      const line = firstAtLeast(keys, key);
      return keys[line] === key ? townsAt(line) : [];
    },
    townsAt,
    regionOf,
    weightOf: (index) => file.population[index] ?? unlisted,
    ordinalOf: (index) => ordinals.get(index) ?? 1,
    districtOf: (index) => districts.get(index),
    placeAt,
    zipPlace: (zip) => {
      const line = firstAtLeast(file.zips, Number(zip));
      if (file.zips[line] !== Number(zip)) return undefined;
      const town = names[file.zipPlace[line] ?? -1];
      return {
        id: zip,
        name: town ? `${zip} (${town})` : zip,
        region: file.regions[file.zipRegion[line] ?? -1] ?? "",
        country: "US",
        ...degrees(file.zipLat[line], file.zipLon[line]),
      };
    },
  };
}

function degrees(lat = 0, lon = 0): { lat: number; lon: number } {
  return { lat: lat / 1e4, lon: lon / 1e4 };
}

/** The first place in a sorted list whose value is not less than `wanted`. */
export function firstAtLeast<T extends string | number>(sorted: readonly T[], wanted: T): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle];
    if (value !== undefined && value < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
