import { placeAliases } from "./place-aliases.ts";
import type { RankedTown } from "./rank-towns.ts";
import { foldName } from "./rules.ts";

/**
 * The folded names, sorted for a binary search, each with its towns in order of prominence.
 * @throws Error when an alias belongs to no town.
 */
export function indexNames(towns: RankedTown[]): {
  keys: string;
  keyPlaces: (number | number[])[];
} {
  const places = new Map<string, Set<number>>();
  const add = (key: string, index: number) => {
    if (key) places.set(key, (places.get(key) ?? new Set()).add(index));
  };
  const unused = new Set(Object.keys(placeAliases));
  for (const [index, town] of towns.entries()) {
    const id = `${town.name}, ${town.region}`;
    const aliases = town.ordinal === 1 ? (placeAliases[id] ?? []) : [];
    unused.delete(id);
    for (const name of [town.name, ...aliases, ...shorterNames(town)]) add(foldName(name), index);
  }
  if (unused.size > 0)
    throw new Error(`place-aliases.ts has no town for ${[...unused].join("; ")}`);
  const sorted = [...places].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    keys: sorted.map(([key]) => key).join("\n"),
    keyPlaces: sorted.map(([, indexes]) => {
      const [first = 0, ...more] = [...indexes].sort((a, b) => a - b);
      return more.length > 0 ? [first, ...more] : first;
    }),
  };
}

const tail =
  /^(.+?)(?: \(.*\)| (?:am|an der|upon|under|aan den) .+|-(?:on|upon|under|le)-.+| Village)$/;

/** What people leave out or spell otherwise: Frankfurt, Bronx, Muenster, either side of a slash. */
function shorterNames({ name, region }: RankedTown): string[] {
  const short = tail.exec(name)?.[1] ?? "";
  const names = [short, ...name.split(/ ?\/ ?/), name.replace(/^The /, "")];
  if (!region.startsWith("DE-")) return names;
  return [...names, ...[name, short].map(spellUmlautsOut)];
}

function spellUmlautsOut(name: string): string {
  return name.replace(/[äöü]/gi, (letter) => `${letter.normalize("NFD").charAt(0)}e`);
}
