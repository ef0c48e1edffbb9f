import type { TermKind } from "#db/vocabulary.ts";
import { archetypes, concernWeights, modalityWeights, workWeights } from "./archetypes.ts";
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

const others: Record<string, number> = {
  cnm: 0.1,
  kink: 0.08,
  parent: 0.2,
  disabled: 0.06,
  "chronic-illness": 0.07,
  adhd: 0.06,
  "working-class": 0.14,
  recovery: 0.05,
  fat: 0.06,
  older: 0.06,
  migrant: 0.06,
  secular: 0.05,
  buddhist: 0.03,
  christian: 0.03,
  jewish: 0.03,
  muslim: 0.02,
};

const payers: Record<string, Record<string, number>> = {
  US: {
    "insurance-out-of-network": 0.5,
    "insurance-in-network": 0.34,
    medicaid: 0.16,
    medicare: 0.08,
    "tricare-va": 0.04,
    "victim-compensation": 0.1,
    eap: 0.06,
  },
  GB: { nhs: 0.06, eap: 0.08, "third-party-fund": 0.08 },
  CA: { "ca-extended": 0.62, "ca-nihb": 0.14, "victim-compensation": 0.06 },
  AU: { "au-medicare": 0.5, "au-ndis": 0.2, "victim-compensation": 0.06 },
  NZ: { "nz-acc": 0.36 },
  IE: { "insurance-out-of-network": 0.3 },
  DE: { "de-gkv": 0.4, "de-pkv": 0.6 },
  NL: { "nl-basis": 0.55, "insurance-out-of-network": 0.2 },
};

const ways: Record<string, number> = {
  "bank-transfer": 0.6,
  card: 0.75,
  cash: 0.42,
  "payment-app": 0.28,
  "prepaid-gift-card": 0.12,
  crypto: 0.03,
  "neutral-descriptor": 0.5,
  "no-cancellation-fee": 0.2,
  "pro-bono": 0.08,
  "low-cost-group": 0.06,
  "third-party-fund": 0.06,
};

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

const building: Record<string, number> = {
  "step-free": 0.5,
  lift: 0.3,
  "accessible-toilet": 0.4,
  "gender-neutral-toilet": 0.5,
  "wide-doors": 0.25,
  "accessible-parking": 0.2,
  "public-transport": 0.6,
  "seating-sizes": 0.35,
  "assistance-animals": 0.45,
  "ground-floor": 0.2,
  "hearing-loop": 0.04,
  "scent-free": 0.3,
  "low-light": 0.4,
  quiet: 0.35,
  "mask-hepa": 0.3,
};
const online: Record<string, number> = {
  captions: 0.4,
  "low-bandwidth": 0.2,
  "no-account": 0.5,
  "browser-only": 0.55,
  "screen-reader-ok": 0.2,
  "keyboard-ok": 0.15,
};
const always: Record<string, number> = {
  "no-phone-booking": 0.6,
  breaks: 0.5,
  "shorter-sessions": 0.3,
  "flexible-cancel": 0.35,
  "support-person": 0.3,
  "fidget-movement": 0.4,
  reminders: 0.5,
  "plain-language": 0.25,
  "childcare-friendly": 0.12,
  "written-summary": 0.15,
};

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

const habits: Record<string, number> = {
  daytime: 0.85,
  evening: 0.6,
  "early-morning": 0.15,
  "late-night": 0.12,
  weekend: 0.22,
  "flexible-schedule": 0.35,
  "short-notice": 0.15,
  "single-session": 0.15,
  brief: 0.35,
  "long-term": 0.7,
  intensive: 0.12,
  consultation: 0.6,
  supervision: 0.15,
  "assessment-letter": 0.25,
  "working-name": 0.8,
  "camera-off": 0.6,
  "encrypted-video": 0.3,
  "e2e-messaging": 0.2,
  "discreet-contact": 0.6,
  "async-messaging": 0.15,
  "walk-outdoor": 0.1,
  group: 0.08,
  "older-adult": 0.12,
};

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
