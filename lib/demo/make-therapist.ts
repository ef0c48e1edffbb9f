import { personas } from "#db/seed/personas.ts";
import { addDays, type Day } from "#lib/vetting/rules.ts";
import { makeCases } from "./make-cases.ts";
import { makeChecks } from "./make-checks.ts";
import { makeCredentials } from "./make-credentials.ts";
import { makeProfile, noon } from "./make-profile.ts";
import { makeTrainings } from "./make-trainings.ts";
import { drawPortrait, type Portrait, personaPortrait } from "./portrait.ts";
import { personaPersonId } from "./reviewers.ts";
import type { DemoRows } from "./rows.ts";
import { sentOn } from "./sent-on.ts";
import { situations } from "./situations.ts";

/** Every row of generated therapist `index`; the same whatever the size of the directory. */
export function makeTherapist(seed: string, index: number, today: Day): DemoRows {
  const portrait = drawPortrait(seed, index, today);
  const personId = `person-${portrait.id}`;
  const row = {
    id: personId,
    name: portrait.displayName,
    email: `${portrait.id}@therapists.example`,
    roles: ["therapist"],
    createdAt: noon(addDays(today, -820)),
  };
  const { therapists, ...rows } = listingRows(portrait, personId);
  // They have been asked about their openings; only personas get mail at once, to be looked at.
  const asked = therapists.map((listing) => ({ ...listing, remindedOn: today }));
  return { people: [row], therapists: asked, ...rows };
}

/** The personas: staff first, since they sign the checks of all others. */
export function makePersonas(seed: string, today: Day): DemoRows[] {
  return personas.map((persona) => {
    const personId = personaPersonId(persona.id);
    const row = {
      id: personId,
      persona: persona.id,
      name: persona.name,
      email: `${persona.id}@parasol.example`,
      roles: [...persona.roles],
      createdAt: noon(addDays(today, -900)),
    };
    const portrait = personaPortrait(seed, persona, today);
    return { people: [row], ...(portrait ? listingRows(portrait, personId) : nothing) };
  });
}

type ListingRows = Omit<DemoRows, "people">;

function listingRows(portrait: Portrait, personId: string): ListingRows {
  // What was never live has no claim that readers could see.
  const stage = situations[portrait.situation].revision === "live" ? "current" : "proposed";
  const trainings = makeTrainings(portrait).map((training) => ({ ...training, stage }) as const);
  const catalogueIds = trainings.flatMap(({ catalogueId }) => catalogueId ?? []);
  const credentials = makeCredentials(portrait, catalogueIds).map(
    (credential) => ({ ...credential, stage }) as const,
  );
  return {
    therapists: [therapistRow(portrait, personId)],
    ...makeProfile(portrait),
    credentials,
    trainings,
    ...makeCases(portrait, makeChecks(portrait, { credentials, trainings })),
  };
}

function therapistRow(portrait: Portrait, personId: string): DemoRows["therapists"][number] {
  const draw = portrait.draw("listing");
  const { listing, confirmed, revision } = situations[portrait.situation];
  const accepting = draw.chance(0.68);
  return {
    id: portrait.id,
    personId,
    slug: portrait.slug,
    listingState: listing,
    searchEngines: draw.chance(0.15),
    accepting,
    nextOpening: accepting && draw.chance(0.8) ? addDays(portrait.today, draw.int(1, 42)) : null,
    confirmedOn: addDays(portrait.today, -draw.int(...confirmed)),
    createdAt: noon(addDays(portrait.today, -820)),
    consentedAt:
      revision === "draft" ? null : noon(sentOn(portrait) ?? addDays(portrait.today, -800)),
  };
}

const nothing: ListingRows = {
  therapists: [],
  profileRevisions: [],
  revisionTerms: [],
  practiceLocations: [],
  practiceStatements: [],
  disclosureCards: [],
  contactWays: [],
  credentials: [],
  trainings: [],
  cases: [],
  checks: [],
  decisions: [],
  reports: [],
  caseItems: [],
};
