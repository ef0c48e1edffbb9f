import type { Persona } from "#db/seed/personas.ts";
import type { SessionFormat } from "#db/vocabulary.ts";
import type { Day } from "#lib/vetting/rules.ts";
import { archetypes } from "./archetypes.ts";
import { demoData, type NameGroup, type Place } from "./data.ts";
import { placesIn, regionOfSeat } from "./deck.ts";
import { type Draw, drawFor, hash } from "./draw.ts";
import { isPrescriber, pathOf, professionsIn } from "./professions.ts";
import { type Situation, situationWeights } from "./situations.ts";

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
};

/** Therapist number `index` of the generated directory. */
export function drawPortrait(seed: string, index: number, today: Day): Portrait {
  const id = `demo-${String(index + 1).padStart(6, "0")}`;
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
  });
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
    fixed: { name: persona.name, languages: listing.languages ?? [] },
  });
}

type Start = Omit<
  Portrait,
  "country" | "displayName" | "slug" | "path" | "years" | "writes" | "languages" | "formats"
> & { fixed?: { name: string; languages: readonly string[] } };

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
    formats: formatsOf(start, draw),
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
  return spanish && draw.chance(region === "US-PR" ? 0.9 : 0.4) ? "es" : "en";
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

function archetypeWeights(group: string): Record<string, number> {
  const newcomers = !["anglo", "irish", "german", "dutch", "french", "black-american"].includes(
    group,
  );
  return Object.fromEntries(
    Object.entries(archetypes).map(([id, { weight }]) => [
      id,
      id === "migration" && newcomers ? weight * 3 : weight,
    ]),
  );
}

const everywhere = {
  nigerian: 1.5,
  ghanaian: 1,
  "horn-of-africa": 1,
  kenyan: 0.6,
  caribbean: 1.5,
  chinese: 3,
  korean: 1.5,
  japanese: 1.2,
  vietnamese: 1.5,
  filipino: 2,
  indian: 3,
  punjabi: 1,
  pakistani: 1.5,
  bangladeshi: 0.6,
  persian: 1.2,
  arabic: 2,
  turkish: 0.6,
  jewish: 4,
  polish: 2,
  ukrainian: 1,
  portuguese: 1,
  italian: 2,
};

const groupsByCountry: Record<string, Record<string, number>> = {
  US: {
    ...everywhere,
    anglo: 32,
    latine: 18,
    "black-american": 13,
    irish: 2,
    german: 1,
    haitian: 1,
    indigenous: 1,
  },
  GB: {
    ...everywhere,
    anglo: 42,
    caribbean: 5,
    nigerian: 4,
    pakistani: 5,
    bangladeshi: 2,
    indian: 5,
    irish: 6,
  },
  CA: { ...everywhere, anglo: 30, punjabi: 5, chinese: 6, filipino: 4, french: 4, indigenous: 3 },
  AU: { ...everywhere, anglo: 42, vietnamese: 4, chinese: 5, irish: 4, indian: 5, italian: 4 },
  NZ: { ...everywhere, anglo: 40, maori: 18, samoan: 7, chinese: 4, indian: 4 },
  IE: { ...everywhere, irish: 80, polish: 5, nigerian: 4 },
  DE: { ...everywhere, german: 70, turkish: 10, polish: 4, arabic: 4 },
  NL: { ...everywhere, dutch: 75, turkish: 5, arabic: 4 },
};

const groupsByRegion: Record<string, Record<string, number>> = {
  "US-PR": { latine: 100 },
  "US-CA": { ...groupsByCountry.US, latine: 34, chinese: 5, filipino: 4, persian: 3 },
  "US-TX": { ...groupsByCountry.US, latine: 34 },
  "US-NM": { ...groupsByCountry.US, latine: 40, indigenous: 8 },
  "US-AZ": { ...groupsByCountry.US, latine: 30, indigenous: 5 },
  "US-NV": { ...groupsByCountry.US, latine: 30, filipino: 5 },
  "US-FL": { ...groupsByCountry.US, latine: 36, haitian: 5 },
  "US-NY": { ...groupsByCountry.US, latine: 24, caribbean: 5, jewish: 8 },
  "CA-QC": { french: 74, anglo: 10, haitian: 5, arabic: 5, portuguese: 3 },
};

function groupWeights(region: string): Record<string, number> {
  return groupsByRegion[region] ?? groupsByCountry[region.slice(0, 2)] ?? { anglo: 1 };
}

/** Latin letters and digits alone: what a slug and an address can hold. */
export function slugOf(name: string): string {
  return name
    .normalize("NFD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .replaceAll("ı", "i")
    .toLowerCase()
    .replaceAll(/['’.]/g, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

const tailLetters = "23456789abcdefghjkmnpqrstvwxyz";

/**
 * Four letters that look random and differ for each of the first 810,000 generated therapists:
 * multiplying by a number without common factor only shuffles them.
 */
function tail(id: string): string {
  const number = /^demo-(\d+)$/.exec(id)?.[1];
  const space = tailLetters.length ** 4;
  let rest = number ? (Number(number) * 457_091 + 123_457) % space : hash(id) % space;
  let out = "";
  for (let place = 0; place < 4; place += 1) {
    out += tailLetters.charAt(rest % tailLetters.length);
    rest = Math.floor(rest / tailLetters.length);
  }
  return out;
}
