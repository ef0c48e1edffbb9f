import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { listRegions } from "#lib/reference/queries.ts";
import { countryWords, regionWords } from "./area-words.ts";
import { type GazetteerFile, gazetteerFormat } from "./gazetteer-file.ts";
import { indexNames } from "./index-names.ts";
import { indexZips } from "./index-zips.ts";
import { type RankedTown, rankTowns } from "./rank-towns.ts";
import { readRegionNames, readTowns, readZips } from "./read-sources.ts";
import { foldName } from "./rules.ts";

export { gazetteerFile } from "./gazetteer-file.ts";

/**
 * Filters and compacts the sources into one file. Two processes may do so at once: each writes
 * beside the file and moves its own into place.
 */
export async function buildGazetteer(outFile: string): Promise<{ places: number; bytes: number }> {
  const file = compileGazetteer();
  return { places: file.regionOf.length, bytes: await writeGazetteer(outFile, file) };
}

/** @returns the bytes written. */
export async function writeGazetteer(outFile: string, file: GazetteerFile): Promise<number> {
  const json = JSON.stringify(file);
  const draft = `${outFile}.${process.pid}`;
  await mkdir(dirname(outFile), { recursive: true });
  await writeFile(draft, json);
  await rename(draft, outFile);
  return Buffer.byteLength(json);
}

/** Takes two seconds. @throws Error when our tables name a town that is not there. */
export function compileGazetteer(): GazetteerFile {
  const regions = listRegions().map(({ code }) => code);
  const towns = rankTowns(readTowns());
  const regionIndex = new Map(regions.map((code, index) => [code, index]));
  const indexOf = (code: string) => regionIndex.get(code) ?? -1;
  return {
    format: gazetteerFormat,
    regions,
    names: towns.map(({ name }) => name).join("\n"),
    regionOf: towns.map(({ region }) => indexOf(region)),
    lat: towns.map(({ lat }) => Math.round(lat * 1e4)),
    lon: towns.map(({ lon }) => Math.round(lon * 1e4)),
    population: towns.flatMap(({ population }) => population ?? []),
    ordinals: towns.flatMap(({ ordinal }, index) => (ordinal > 1 ? [[index, ordinal]] : [])),
    districts: listDistricts(towns),
    ...indexNames(towns),
    areas: listAreas(),
    ...indexZips(readZips(), towns, indexOf),
  };
}

/** Only where the region alone does not tell namesakes apart. */
function listDistricts(towns: RankedTown[]): [number, string][] {
  const doubled = new Set(
    towns.filter(({ ordinal }) => ordinal > 1).map(({ key, region }) => `${key}|${region}`),
  );
  return towns.flatMap(({ key, region, district }, index) =>
    district && doubled.has(`${key}|${region}`) ? [[index, district] as [number, string]] : [],
  );
}

function listAreas(): [string, string[]][] {
  const areas = new Map<string, Set<string>>();
  const add = (code: string, words: readonly string[]) => {
    for (const word of words.map(foldName))
      areas.set(word, (areas.get(word) ?? new Set()).add(code));
  };
  for (const { code, name, localName } of listRegions()) {
    const names = [name.en, name.es, localName ?? name.en].map((text) => text.replace(/ \(.*/, ""));
    add(code, [...names, code, code.slice(3), ...(regionWords[code] ?? [])]);
  }
  for (const [code, name] of readRegionNames()) add(code, [name]);
  for (const [code, words] of Object.entries(countryWords)) add(code, words);
  return [...areas].map(([word, codes]) => [word, [...codes]]);
}
