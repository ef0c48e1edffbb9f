import type { TermKind } from "#db/vocabulary.ts";
import { archetypes, concernWeights, modalityWeights, workWeights } from "./archetypes.ts";
import { always, building, habits, online, others, payers, ways } from "./choices.ts";
import { demoData } from "./data.ts";
import { fillIn } from "./make-words.ts";
import type { Portrait } from "./portrait.ts";

export type ChosenTerm = {
  kind: TermKind;
  termId: string;
  level: string | null;
  detail: string | null;
};

/** Everything a therapist ticks, drawn so that the parts agree with each other. */
export function makeTerms(portrait: Portrait): ChosenTerm[] {
  return [
    ...makeModalities(portrait).map((id) => term("modality", id)),
    ...concerns(portrait).map((id) => term("concern", id)),
    ...workContexts(portrait),
    ...portrait.languages.map(({ id, level }) => term("language", id, level)),
    ...portrait.formats.map((id) => term("format", id)),
    ...identities(portrait).map((id) => term("identity", id)),
    ...fees(portrait).map((id) => term("fee", id)),
    ...access(portrait),
    ...arrangements(portrait).map((id) => term("arrangement", id)),
  ];
}

/** The main ones first: the text about the approach speaks of those. */
export function makeModalities(portrait: Portrait): string[] {
  const draw = portrait.draw("modalities");
  const own = archetype(portrait).modalities;
  const chosen = [
    ...portrait.modalities,
    ...draw.some(own, draw.int(2, 4)),
    ...draw.someWeighted(modalityWeights, draw.int(1, 4)),
  ];
  return [...new Set(chosen)];
}

function concerns(portrait: Portrait): string[] {
  const draw = portrait.draw("concerns");
  const own = archetype(portrait).concerns;
  return [
    ...new Set([
      ...draw.some(own, draw.int(3, 5)),
      ...draw.someWeighted(concernWeights, draw.int(3, 7)),
    ]),
  ];
}

function workContexts(portrait: Portrait): ChosenTerm[] {
  const draw = portrait.draw("work");
  const licensed = ["US-NV", "AU-VIC", "AU-QLD", "NZ-AUK", "NZ-WGN", "DE-BE", "DE-HH", "NL-NH"];
  const weights = licensed.includes(portrait.place.region)
    ? { ...workWeights, "licensed-brothel": 45 }
    : workWeights;
  const own = archetype(portrait).work ?? [];
  const chosen = new Set([
    ...draw.some(own, draw.int(0, own.length)),
    ...draw.someWeighted(weights, draw.int(3, 8)),
  ]);
  return [...chosen].map((id) => {
    const level = draw.weighted({ some: 45, regular: 42, specialist: own.includes(id) ? 40 : 8 });
    const { levelDetails } = demoData.texts[portrait.writes];
    const detail = draw.chance(0.12) ? fillIn(draw.pick(levelDetails), portrait, draw) : null;
    return term("work", id, level, detail);
  });
}

/** Opt-in, so a good part names none. Facets that could cost a licence are never made up. */
function identities(portrait: Portrait): string[] {
  const draw = portrait.draw("identity");
  if (draw.chance(0.22)) return [];
  const chosen = new Set<string>();
  const background = demoData.nameGroups[portrait.group]?.identity;
  if (background && draw.chance(background === "white" ? 0.45 : 0.75)) chosen.add(background);
  if (draw.chance(0.75)) chosen.add({ f: "woman", m: "man", n: "nonbinary" }[portrait.gender]);
  if (draw.chance(portrait.gender === "n" ? 0.35 : 0.05)) chosen.add("trans");
  const queer = portrait.gender === "n" || portrait.archetype === "identity" ? 0.85 : 0.4;
  if (draw.chance(queer)) {
    chosen.add(draw.weighted({ queer: 55, "bi-pan": 20, lesbian: 12, gay: 10, ace: 3 }));
  }
  for (const [id, likely] of Object.entries(others)) if (draw.chance(likely)) chosen.add(id);
  if (portrait.archetype === "neuro") chosen.add(draw.pick(["adhd", "autistic"]));
  if (portrait.archetype === "migration" && draw.chance(0.6)) chosen.add("migrant");
  return [...chosen];
}

function fees(portrait: Portrait): string[] {
  const draw = portrait.draw("fee-terms");
  const chosen = new Set(["self-pay"]);
  for (const [id, likely] of Object.entries({ ...payers[portrait.country], ...ways })) {
    if (draw.chance(likely)) chosen.add(id);
  }
  if (portrait.country === "US" && draw.chance(0.35)) chosen.add("hsa-fsa");
  if (hasSlidingScale(portrait)) {
    chosen.add("sliding-scale");
    if (draw.chance(0.4)) chosen.add("sliding-sw");
  } else chosen.add("fixed");
  if (portrait.path === "associate") chosen.add("reduced-trainee");
  return [...chosen];
}

export function hasSlidingScale(portrait: Portrait): boolean {
  return portrait.draw("sliding").chance(portrait.path === "prescriber" ? 0.2 : 0.58);
}

function access(portrait: Portrait): ChosenTerm[] {
  const draw = portrait.draw("access");
  const likely = {
    ...always,
    ...(portrait.formats.includes("in-person") ? building : {}),
    ...(portrait.formats.includes("video") ? online : {}),
    ...(portrait.formats.includes("text") ? { "text-only": 0.9, aac: 0.4 } : {}),
  };
  const { accessDetails } = demoData.texts[portrait.writes];
  return Object.entries(likely)
    .filter(([, probability]) => draw.chance(probability))
    .map(([id]) => {
      const details = accessDetails[id];
      return term("access", id, null, details && draw.chance(0.5) ? draw.pick(details) : null);
    });
}

function arrangements(portrait: Portrait): string[] {
  const draw = portrait.draw("arrangements");
  const pairs =
    portrait.archetype === "couples" ? 0.95 : portrait.archetype === "family" ? 0.6 : 0.24;
  const likely: Record<string, number> = {
    ...habits,
    individual: portrait.archetype === "couples" ? 0.75 : 0.98,
    couple: pairs,
    "multi-partner": pairs * 0.55,
    family: portrait.archetype === "family" ? 0.9 : 0.1,
    "discreet-entrance": portrait.formats.includes("in-person") ? 0.3 : 0,
  };
  return Object.keys(likely).filter((id) => draw.chance(likely[id] ?? 0));
}

function archetype(portrait: Portrait) {
  const found = archetypes[portrait.archetype];
  if (!found) throw new Error(`No such kind of practice: ${portrait.archetype}`);
  return found;
}

function term(
  kind: TermKind,
  termId: string,
  level: string | null = null,
  detail: string | null = null,
): ChosenTerm {
  return { kind, termId, level, detail };
}
