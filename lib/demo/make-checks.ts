import { registerFor } from "#lib/reference/queries.ts";
import { addDays, type Day } from "#lib/vetting/rules.ts";
import { earlier } from "./days.ts";
import type { Draw } from "./draw.ts";
import type { Portrait } from "./portrait.ts";
import { type Reviewers, reviewersFor } from "./reviewers.ts";
import type { CheckRow, CredentialRow, TrainingRow } from "./rows.ts";

type Held = { credentials: readonly CredentialRow[]; trainings: readonly TrainingRow[] };
type Look = Omit<CheckRow, "id" | "therapistId">;
type Desk = { portrait: Portrait; draw: Draw; reviewers: Reviewers; held: Held };

/** What moderators have looked at, in all four tracks, in agreement with the listing's state. */
export function makeChecks(portrait: Portrait, held: Held): CheckRow[] {
  if (portrait.situation === "draft") return [];
  const draw = portrait.draw("checks");
  const desk = { portrait, draw, held, reviewers: reviewersFor(portrait, draw) };
  const looks = [
    identity(desk),
    ...held.credentials.flatMap((credential) => rightToPractise(desk, credential)),
    ...safety(desk),
    ...affirmingPractice(desk),
  ];
  return looks.map((look, index) => ({
    ...look,
    id: `${portrait.id}-c${index + 1}`,
    therapistId: portrait.id,
    supersedesId: look.supersedesId ? `${portrait.id}-c${index}` : null,
  }));
}

function identity({ portrait, draw, held, reviewers }: Desk): Look {
  const checkedOn = addDays(portrait.today, -draw.int(12, 780));
  return {
    track: "identity",
    claimType: "identity",
    claim: { displayName: portrait.displayName, reachedThrough: "contact given by the register" },
    jurisdiction: portrait.place.region,
    authority:
      registerName(held.credentials[0], portrait) ?? "The health office that gave the permit",
    sourceType: "primary",
    sourceUrl: registerUrl(held.credentials[0], portrait),
    method: "call-back",
    sourceAsOf: checkedOn,
    sourceStatus: draw.pick([
      "Answered at the listed number",
      "Answered a letter to the listed address",
    ]),
    ...yes(checkedOn, 1095),
    checkerId: reviewers.first,
    secondReviewerId: null,
  };
}

/** The look that stands, after an older one of the same claim where there has been time for it. */
function rightToPractise(desk: Desk, credential: CredentialRow): Look[] {
  const { portrait, draw, reviewers } = desk;
  const main = credential === desk.held.credentials[0];
  const base = {
    track: "right-to-practise" as const,
    claimType: "credential" as const,
    credentialId: credential.id,
    claim: {
      type: credential.typeId,
      letters: credential.letters,
      number: credential.number,
      expiresOn: credential.expiresOn ?? null,
    },
    claimVersion: 1,
    jurisdiction: credential.jurisdiction ?? null,
    authority: registerName(credential, portrait) ?? "Copy of the permit",
    sourceType: registerName(credential, portrait) ? ("primary" as const) : ("document" as const),
    sourceUrl: registerUrl(credential, portrait),
    method: "manual" as const,
    checkerId: reviewers.first,
  };
  const waiting = waitingState(desk, main);
  if (waiting) return [{ ...base, ...waiting }];
  if (!main && draw.chance(0.08)) return [{ ...base, ...unsettled(desk) }];

  const ends = credential.expiresOn ?? null;
  const checkedOn = lookedOn(portrait, ends, draw);
  const stands: Look = {
    ...base,
    sourceAsOf: checkedOn,
    sourceStatus: statusWords(credential, portrait, draw),
    ...yes(checkedOn, 365, ends),
    ...(main ? conditions(portrait) : {}),
    expiresOn: ends,
  };
  if (!main || !draw.chance(0.2)) return [stands];
  const before = addDays(checkedOn, -draw.int(330, 365));
  const older: Look = { ...stands, sourceAsOf: before, ...yes(before, 365), expiresOn: null };
  return [older, { ...stands, supersedesId: "before" }];
}

/** A full look each year or at expiry; one that lapsed was looked at while it still held. */
function lookedOn(portrait: Portrait, ends: Day | null, draw: Draw): Day {
  const lapsed = ends !== null && ends < portrait.today;
  return addDays(lapsed && ends ? ends : portrait.today, -draw.int(6, 270));
}

function waitingState(
  { portrait, draw }: Desk,
  main: boolean,
): (Partial<Look> & Pick<Look, "state">) | null {
  const { situation, today } = portrait;
  if (situation === "pending" || (situation === "changes-requested" && !main)) {
    return { state: "in-review", nextCheckOn: addDays(today, draw.int(2, 20)) };
  }
  if (situation === "needs-info") {
    return {
      state: "needs-info",
      decisionCode: "evidence-insufficient",
      publicNote: "The number you gave belongs to an older licence. Please send the current one.",
      nextCheckOn: addDays(today, 14),
    };
  }
  if (situation === "source-down") {
    return {
      state: "in-review",
      decisionCode: "source-down",
      privateNote: "The look-up page timed out three times. Queued again.",
      nextCheckOn: addDays(today, 1),
    };
  }
  return null;
}

/** Second licences and certifications that did not go through, or not yet. */
function unsettled({ portrait, draw, reviewers }: Desk): Partial<Look> & Pick<Look, "state"> {
  const checkedOn = addDays(portrait.today, -draw.int(5, 60));
  const kind = draw.weighted({
    attested: 30,
    reviewing: 25,
    missing: 20,
    rejected: 10,
    disputed: 8,
    down: 7,
  });
  if (kind === "reviewing") return { state: "in-review" };
  if (kind === "missing") {
    return {
      state: "unable-to-verify",
      decisionCode: "not-found",
      checkedOn,
      sourceStatus: "No records found",
      publicNote: "The register shows no entry under this number.",
    };
  }
  if (kind === "rejected") {
    return {
      state: "rejected",
      decisionCode: "name-mismatch",
      checkedOn,
      secondReviewerId: reviewers.second,
      publicNote: "The register gives another name for this number.",
    };
  }
  if (kind === "disputed") {
    return { state: "disputed", decisionCode: "inactive", checkedOn, sourceStatus: "Inactive" };
  }
  if (kind === "down") return { state: "in-review", decisionCode: "source-down" };
  return { state: "attested", sourceType: "self" };
}

function conditions(portrait: Portrait): Partial<Look> {
  if (portrait.situation === "conditions") {
    return {
      state: "verified-with-conditions",
      conditions: "Practises under a supervision plan until the end of next year",
      publicNote:
        "The board asked for a supervision plan after late record keeping. It is being followed.",
    };
  }
  if (portrait.path !== "associate") return {};
  return {
    state: "verified-with-conditions",
    conditions: "Works under supervision",
    publicNote: "An early-career licence: a named supervisor answers for the work.",
  };
}

function safety(desk: Desk): Look[] {
  const { portrait, draw, held, reviewers } = desk;
  const board = registerName(held.credentials[0], portrait) ?? "Health office";
  const rows: Look[] = [disciplineLook(desk, board)];
  if (portrait.country === "US") rows.push(exclusionLook(desk));
  const insured = addDays(portrait.today, -draw.int(10, 300));
  rows.push({
    track: "safety",
    claimType: "insurance",
    claim: { cover: "professional liability" },
    authority: "Insurer's certificate",
    sourceType: "document",
    method: "manual",
    sourceAsOf: insured,
    sourceStatus: "In force",
    ...yes(insured, 365),
    checkerId: reviewers.first,
  });
  const supervised = held.credentials.find((credential) => credential.supervised);
  if (supervised) {
    const confirmed = addDays(portrait.today, -draw.int(10, 150));
    rows.push({
      track: "safety",
      claimType: "supervision",
      claim: { supervisor: supervised.supervisorName ?? "" },
      jurisdiction: portrait.place.region,
      authority: "The supervisor, through the register's contact",
      sourceType: "delegated",
      method: "call-back",
      sourceAsOf: confirmed,
      sourceStatus: "Confirmed",
      ...yes(confirmed, 182),
      checkerId: reviewers.first,
    });
  }
  return rows;
}

/** Looked at each quarter; a suspension for discipline carries the names of two people. */
function disciplineLook({ portrait, draw, reviewers, held }: Desk, authority: string): Look {
  const checkedOn = addDays(portrait.today, -draw.int(3, 84));
  const base: Look = {
    track: "safety",
    claimType: "discipline",
    claim: { register: authority },
    jurisdiction: portrait.place.region,
    authority,
    sourceType: "primary",
    sourceUrl: registerUrl(held.credentials[0], portrait),
    method: "manual",
    sourceAsOf: checkedOn,
    sourceStatus: draw.pick([
      "No public disciplinary actions",
      "No public record actions",
      "None on file",
    ]),
    ...yes(checkedOn, 92),
    checkerId: reviewers.first,
  };
  if (portrait.situation === "suspended") {
    return {
      ...base,
      state: "rejected",
      decisionCode: "discipline-present",
      sourceStatus: "Accusation filed",
      secondReviewerId: reviewers.second,
      publicNote: "The board has opened a case. The listing is down until it is decided.",
      validUntil: null,
    };
  }
  if (!draw.chance(0.02)) return base;
  return {
    ...base,
    state: "verified-with-conditions",
    conditions: "A closed matter, shown because the register shows it",
    sourceStatus: "2019: fine for late renewal, paid. No restriction.",
    publicNote: "A late renewal in 2019. It is closed and limits nothing.",
  };
}

function exclusionLook({ portrait, draw, reviewers }: Desk): Look {
  const checkedOn = addDays(portrait.today, -draw.int(1, 29));
  const base: Look = {
    track: "safety",
    claimType: "exclusion",
    claim: { list: "OIG LEIE" },
    authority: "OIG List of Excluded Individuals and Entities",
    sourceType: "primary",
    sourceUrl: "https://oig.hhs.gov/exclusions/",
    method: "file",
    sourceAsOf: `${checkedOn.slice(0, 8)}01`,
    sourceStatus: "No match in the monthly file",
    ...yes(checkedOn, 35),
    checkerId: reviewers.first,
  };
  if (!draw.chance(0.015)) return base;
  return {
    ...base,
    state: "in-review",
    decisionCode: null,
    sourceStatus: "One name in common",
    privateNote: "A candidate by name alone; the date of birth differs. For a second look.",
    checkedOn: null,
    validUntil: null,
  };
}

function affirmingPractice(desk: Desk): Look[] {
  const { portrait, held, reviewers } = desk;
  const base = {
    track: "affirming-practice" as const,
    sourceType: "self" as const,
    method: "manual" as const,
  };
  const statements: Look = {
    ...base,
    claimType: "practice-statements",
    claim: { revision: 1 },
    authority: "Review by people with lived experience",
    ...statementsState(desk),
    checkerId: reviewers.lived,
  };
  const courses = held.trainings
    .filter(({ evidence }) => evidence === "seen" || evidence === "confirmed-by-provider")
    .map((training): Look => {
      const checkedOn = addDays(portrait.today, -desk.draw.int(15, 500));
      const confirmed = training.evidence === "confirmed-by-provider";
      return {
        ...base,
        claimType: "training",
        trainingId: training.id,
        claim: { title: training.title, year: training.year },
        authority: confirmed ? training.provider : "Certificate seen by us",
        sourceType: confirmed ? "primary" : "document",
        method: confirmed ? "call-back" : "manual",
        sourceAsOf: checkedOn,
        sourceStatus: confirmed ? "Took part, confirmed in writing" : "Certificate of attendance",
        ...yes(checkedOn, 1095, training.expiresOn ?? null),
        checkerId: reviewers.first,
        secondReviewerId: reviewers.second,
      };
    });
  return [statements, ...courses];
}

function statementsState({ portrait, draw, reviewers }: Desk): Partial<Look> & Pick<Look, "state"> {
  const { today, situation } = portrait;
  if (situation === "pending" || situation === "needs-info" || situation === "source-down") {
    return { state: "in-review", nextCheckOn: addDays(today, draw.int(3, 20)) };
  }
  if (situation === "changes-requested") {
    return {
      state: "needs-info",
      publicNote: "Two answers repeat the question. Please say what you do, in your own words.",
    };
  }
  const checkedOn = addDays(today, -draw.int(12, 560));
  return {
    ...yes(checkedOn, 730),
    secondReviewerId: reviewers.first,
    publicNote: draw.pick([
      "Read by two people, one of whom has done sex work.",
      "Two readers. We asked one question and are content with the answer.",
      "Two readers, no questions left.",
    ]),
  };
}

/** An affirmative look with its dates: it holds for some days, and never beyond the claim itself. */
function yes(checkedOn: Day, days: number, ends: Day | null = null) {
  const validUntil = earlier(addDays(checkedOn, days), ends);
  return {
    state: "verified" as const,
    decisionCode: "source-match" as const,
    checkedOn,
    validUntil,
    nextCheckOn: addDays(validUntil, -14),
  };
}

function registerName(
  credential: CredentialRow | undefined,
  portrait: Portrait,
): string | undefined {
  return register(credential, portrait)?.name;
}

function registerUrl(credential: CredentialRow | undefined, portrait: Portrait): string | null {
  return register(credential, portrait)?.url ?? null;
}

function register(credential: CredentialRow | undefined, portrait: Portrait) {
  if (credential?.compactId === "psypact") {
    return { name: "PSYPACT Commission authorisation directory", url: "https://psypact.gov/" };
  }
  if (credential?.compactId === "counseling") {
    return { name: "Counseling Compact privilege look-up", url: "https://counselingcompact.gov/" };
  }
  return (
    credential && registerFor(credential.typeId, credential.jurisdiction ?? portrait.place.region)
  );
}

/** The words in which registers say "yes"; each has its own. */
function statusWords(credential: CredentialRow, portrait: Portrait, draw: Draw): string {
  if (!credential.jurisdiction) return draw.pick(["Certified", "Listed, current"]);
  if (credential.compactId) return "Active";
  return statusByRegion[credential.jurisdiction] ?? statusByCountry[portrait.country] ?? "Active";
}

const statusByRegion: Record<string, string> = {
  "US-CA": "License Renewed & Current",
  "US-NY": "Registered",
  "US-FL": "CLEAR/ACTIVE",
  "US-TX": "Current",
  "US-WA": "ACTIVE",
  "US-NJ": "Active",
  "US-VA": "Current Active",
  "US-MA": "Current",
  "CA-QC": "Inscrit au tableau",
  "CA-ON": "Registered: authorized to practise",
};

const statusByCountry: Record<string, string> = {
  GB: "Registered",
  CA: "Active, in good standing",
  AU: "Registered",
  NZ: "Current practising certificate",
  IE: "Accredited member",
  DE: "Approbation, Mitglied der Kammer",
  NL: "Geregistreerd",
};
