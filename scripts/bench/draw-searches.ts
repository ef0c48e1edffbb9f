import type { SessionFormat } from "#db/vocabulary.ts";
import { type Draw, drawFor } from "#lib/demo/draw.ts";
import type { DirectoryDocument } from "#lib/directory/index-document.ts";
import { type Criteria, criteriaQuery, type FacetKey, noCriteria } from "#lib/directory/schema.ts";

type Listed = Exclude<FacetKey, "format">;

/** How often readers are taken to use each criterion, and how many of its values at most. */
const habits = {
  concern: { chance: 0.55, most: 2 },
  modality: { chance: 0.35, most: 2 },
  work: { chance: 0.25, most: 1 },
  language: { chance: 0.2, most: 1 },
  fee: { chance: 0.15, most: 1 },
  training: { chance: 0.1, most: 1 },
  access: { chance: 0.08, most: 1 },
  identity: { chance: 0.08, most: 1 },
} as const satisfies Record<Listed, { chance: number; most: number }>;

/**
 * Searches that are all different and that somebody could make: each asks for what some therapist
 * of this directory offers, so common wishes are common and an empty page is rare.
 */
export function* drawSearches(documents: readonly DirectoryDocument[]): Generator<Criteria> {
  const draw = drawFor("bench", "searches");
  const seen = new Set<string>();
  for (;;) {
    const search = searchFor(draw.pick(documents), draw);
    const address = criteriaQuery(search);
    if (seen.has(address)) continue;
    seen.add(address);
    yield search;
  }
}

function searchFor(document: DirectoryDocument, draw: Draw): Criteria {
  const [room] = document.cities;
  const byPlace = room !== undefined && draw.chance(0.25);
  const search: Criteria = {
    ...noCriteria,
    region: draw.chance(0.7) ? regionOf(document, draw) : "",
    format: draw.chance(0.3) ? draw.some<SessionFormat>(document.format, 1) : [],
    ...drawLists(document, draw),
    q: draw.chance(0.2) ? wordsOf(document, draw) : "",
    accepting: document.accepting && draw.chance(0.25),
    ...(byPlace ? { where: `${room.city}, ${room.region}`, within: draw.pick([20, 40, 80]) } : {}),
  };
  const sort = byPlace && draw.chance(0.5) ? "near" : draw.chance(0.1) ? "recent" : "fit";
  const page = isBroad(search) && draw.chance(0.3) ? draw.int(2, 3) : 1;
  return { ...search, sort, page };
}

function drawLists(document: DirectoryDocument, draw: Draw): Partial<Record<Listed, string[]>> {
  return Object.fromEntries(
    Object.entries(habits).map(([key, { chance, most }]) => [
      key,
      draw.chance(chance) ? draw.some(document[key as Listed], draw.int(1, most)) : [],
    ]),
  );
}

/** One where they may practise on their own licence. */
function regionOf(document: DirectoryDocument, draw: Draw): string {
  const [first, ...others] = document.rights.map(({ jurisdiction }) => jurisdiction);
  return first === undefined ? "" : draw.pick([first, ...others]);
}

/** What people type: the name of a method or a concern, or a word of somebody's own line. */
function wordsOf(document: DirectoryDocument, draw: Draw): string {
  const words = [
    ...document.modalityWords,
    ...document.concernWords,
    ...document.headline.split(/[^\p{L}]+/u).filter((word) => word.length > 4),
  ].filter((word) => word.length < 30);
  return words.length > 0 ? draw.pick(words) : "";
}

/** Only a broad search has a second and third page. */
function isBroad(search: Criteria): boolean {
  const narrowing = Object.keys(habits).filter((key) => search[key as Listed].length > 0);
  return narrowing.length + (search.q ? 1 : 0) + (search.where ? 2 : 0) < 2;
}

/** The searches that most people make: nothing, where they will be, what it is about. */
export function commonSearches(documents: readonly DirectoryDocument[], count: number): Criteria[] {
  const draw = drawFor("bench", "common");
  const found = new Map<string, Criteria>([["", noCriteria]]);
  for (let tries = 0; found.size < count && tries < count * 200; tries += 1) {
    const document = draw.pick(documents);
    const search = {
      ...noCriteria,
      region: draw.chance(0.7) ? regionOf(document, draw) : "",
      concern: draw.chance(0.5) ? draw.some(document.concern, 1) : [],
      modality: draw.chance(0.2) ? draw.some(document.modality, 1) : [],
    };
    found.set(criteriaQuery(search), search);
  }
  return [...found.values()];
}
