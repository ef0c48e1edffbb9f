import type { Persona } from "#db/seed/personas.ts";
import type { SessionFormat } from "#db/vocabulary.ts";
import { slugOf } from "#lib/profiles/rules.ts";
import type { Day } from "#lib/vetting/rules.ts";
import { archetypeWeights, groupWeights } from "./backgrounds.ts";
import { demoData, type NameGroup, type Place } from "./data.ts";
import { placesIn, regionOfSeat } from "./deck.ts";
import { type Draw, drawFor } from "./draw.ts";
import { isPrescriber, pathOf, professionsIn } from "./professions.ts";
import { type Situation, situationWeights } from "./situations.ts";
import { tail } from "./slugs.ts";

export type Gender = "f" | "m" | "n";

/** What is settled about a therapist before any row is written; all rows must agree with it. */
export type Portrait = {
  id: string;
  today: Day;
  /** Draws for one part of the profile, so that a change in one part leaves the others alone. */
  draw: (part: string) => Draw;
  situation: Situation;
  place: Place;
  country: string;
  group: string;
  gender: Gender;
  given: string;
  family: string;
  displayName: string;
  slug: string;
  credentialType: string;
  path: string;
  archetype: string;
  years: number;
  writes: "en" | "es";
  languages: { id: string; level: string }[];
  formats: SessionFormat[];
  /** Methods that are settled beforehand; others are drawn to go with them. */
  modalities: readonly string[];
};

/** Therapist number `index` of the generated directory. */
export function drawPortrait(seed: string, index: number, today: Day): Portrait {
  const id = generatedId(index);
  const draw = (part: string) => drawFor(seed, id, part);
  const person = draw("person");
  const region = regionOfSeat(seed, index);
  const place = draw("place").pick(
    placesIn(region).flatMap((each) => (each.small ? [each] : [each, each, each])),
  );
  const group = person.weighted(groupWeights(region));
  const gender = person.weighted({ f: 62, m: 20, n: 18 });
  const names = namesOf(group);
  const credentialType = person.weighted(professionsIn(region));
  const archetype = isPrescriber(credentialType)
    ? "prescriber"
    : person.weighted(archetypeWeights(group));
  return complete({
    id,
    today,
    draw,
    situation: draw("situation").weighted(situationWeights),
    place,
    group,
    gender,
    given: person.pick(names[gender]),
    family: person.pick(names.family),
    credentialType,
    archetype,
    modalities: [],
  });
}

/** Numbered from one; what the id looks like is how the demo is told from real people. */
export function generatedId(index: number): string {
  return `demo-${String(index + 1).padStart(6, "0")}`;
}

/** The listing of a persona; undefined for staff who have none. */
export function personaPortrait(seed: string, persona: Persona, today: Day): Portrait | undefined {
  const { listing } = persona;
  if (!listing) return undefined;
  const place = placesIn(listing.region).find((each) => each.city === listing.city);
  if (!place) throw new Error(`${persona.id} lives in ${listing.city}, which is no demo place`);
  const [given = persona.name, ...family] = persona.name.split(" ");
  const group = listing.languages?.includes("es") ? "latine" : "anglo";
  return complete({
    id: persona.id,
    today,
    draw: (part) => drawFor(seed, persona.id, part),
    situation: listing.situation,
    place,
    group,
    gender: listing.gender,
    given,
    family: family.join(" "),
    credentialType: listing.credentialType,
    archetype: listing.archetype,
    modalities: listing.modalities ?? [],
    fixed: { name: persona.name, languages: listing.languages, formats: listing.formats },
  });
}

type Start = Omit<
  Portrait,
  "country" | "displayName" | "slug" | "path" | "years" | "writes" | "languages" | "formats"
> & {
  fixed?: {
    name: string;
    languages: readonly string[] | undefined;
    formats: readonly SessionFormat[] | undefined;
  };
};

function complete({ fixed, ...start }: Start): Portrait {
  const draw = start.draw("manner");
  const country = start.place.region.slice(0, 2);
  const path = pathOf(start.credentialType);
  const displayName = fixed?.name ?? shownName(start, path, draw);
  const languages = languagesOf(start, country, draw, fixed?.languages);
  return {
    ...start,
    country,
    path,
    displayName,
    slug: `${slugOf(displayName)}-${tail(start.id)}`,
    years: path === "associate" ? draw.int(1, 3) : draw.int(3, 27),
    languages,
    writes: writesIn(start.place.region, languages, draw),
    formats: fixed?.formats ? [...fixed.formats] : formatsOf(start, draw),
  };
}

function shownName(start: Start, path: string, draw: Draw): string {
  const { given, family } = start;
  if (draw.chance(0.05)) return `${given} ${family.charAt(0)}.`;
  const doctor = path === "psychologist" || path === "prescriber";
  return doctor && draw.chance(0.35) ? `Dr ${given} ${family}` : `${given} ${family}`;
}

function languagesOf(
  start: Start,
  country: string,
  draw: Draw,
  fixed: readonly string[] = [],
): Portrait["languages"] {
  const levels = new Map<string, string>();
  const local = start.place.region === "CA-QC" ? "fr" : { DE: "de", NL: "nl" }[country];
  if (start.place.region === "US-PR") levels.set("es", "therapy");
  if (local) levels.set(local, "therapy");
  for (const id of fixed) levels.set(id, "therapy");
  levels.set("en", "therapy");
  for (const [id, likely] of Object.entries(namesOf(start.group).languages)) {
    if (draw.chance(likely)) levels.set(id, draw.chance(0.85) ? "therapy" : "basic");
  }
  if (country === "US" && draw.chance(0.1) && !levels.has("es")) {
    levels.set("es", draw.chance(0.6) ? "therapy" : "basic");
  }
  const signs = signed[country];
  if (signs && draw.chance(0.03)) levels.set(signs, draw.chance(0.5) ? "therapy" : "interpreter");
  return [...levels].map(([id, level]) => ({ id, level }));
}

const signed: Record<string, string> = {
  US: "ase",
  CA: "ase",
  GB: "bfi",
  IE: "isg",
  AU: "asf",
  NZ: "nzs",
  DE: "gsg",
  NL: "dse",
};

function writesIn(region: string, languages: Portrait["languages"], draw: Draw): "en" | "es" {
  const spanish = languages.some(({ id, level }) => id === "es" && level === "therapy");
  return spanish && draw.chance(region === "US-PR" ? 0.95 : 0.72) ? "es" : "en";
}

function formatsOf(start: Start, draw: Draw): SessionFormat[] {
  const inPerson = draw.chance(start.place.small ? 0.45 : 0.58);
  const formats: SessionFormat[] = inPerson ? ["in-person"] : [];
  if (!inPerson || draw.chance(0.9)) formats.push("video");
  if (draw.chance(0.45)) formats.push("phone");
  if (draw.chance(start.archetype === "neuro" ? 0.35 : 0.12)) formats.push("text");
  return formats;
}

function namesOf(group: string): NameGroup {
  const names = demoData.nameGroups[group];
  if (!names) throw new Error(`No names for ${group}`);
  return names;
}
