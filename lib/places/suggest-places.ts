import { firstAtLeast, type Gazetteer } from "./load-gazetteer.ts";
import { liesIn, type Place, type Reading } from "./rules.ts";

/** Shorter names are a slip away from too many others. */
const shortestMisspelling = 4;
const mostSuggestions = 8;

/**
 * Towns that may have been meant: namesakes outside the areas that were named; else, if the text
 * may be misspelt, names that begin so ("san fran") or lie within two slips of the finger.
 */
export function suggestPlaces(
  gazetteer: Gazetteer,
  readings: Reading[],
  mayBeMisspelt: boolean,
): Place[] {
  // "Paris, France" is not a slip for Paris in Texas.
  if (readings[0]?.near !== undefined) return [];
  const names = readings.filter(({ name }) => name.length > 1);
  const elsewhere = names.flatMap(({ name }) => gazetteer.townsOf(name));
  const misspelt = elsewhere.length === 0 && mayBeMisspelt;
  const close = misspelt ? names.flatMap((reading) => similar(gazetteer, reading)) : [];
  return [...new Set([...elsewhere, ...close])].slice(0, mostSuggestions).map(gazetteer.placeAt);
}

function similar(gazetteer: Gazetteer, { name, areas }: Reading): number[] {
  const { keys } = gazetteer;
  const slips = name.length < 8 ? 1 : 2;
  const found: { town: number; distance: number }[] = [];
  const end = firstAtLeast(keys, `${name.charAt(0)}~`);
  for (let line = firstAtLeast(keys, name.charAt(0)); line < end; line++) {
    const key = keys[line] ?? "";
    const distance = nearness(name, key, slips);
    if (distance === undefined) continue;
    for (const town of gazetteer.townsAt(line)) {
      const region = gazetteer.regionOf(town);
      if (areas.every((codes) => codes.some((code) => liesIn(region, code)))) {
        found.push({ town, distance });
      }
    }
  }
  // A lower index is a more prominent town.
  return found.sort((a, b) => a.distance - b.distance || a.town - b.town).map(({ town }) => town);
}

/** 1 for a name that begins so; else 1 or 2 slips; undefined beyond. */
function nearness(typed: string, key: string, slips: number): number | undefined {
  if (typed.length >= shortestMisspelling - 1 && key.startsWith(typed)) return 1;
  if (typed.length < shortestMisspelling || Math.abs(typed.length - key.length) > slips) return;
  return editDistance(typed, key, slips);
}

/**
 * Letters added, lost, changed, or two neighbours swapped (optimal string alignment); undefined
 * when there are more than `most`.
 */
export function editDistance(a: string, b: string, most: number): number | undefined {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + same,
        swapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    if (Math.min(...current) > most) return undefined;
    before = last;
    last = current;
  }
  const distance = last[b.length] ?? 0;
  return distance <= most ? distance : undefined;
}
