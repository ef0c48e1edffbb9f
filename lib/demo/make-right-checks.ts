import { addDays, type Day } from "#lib/vetting/rules.ts";
import { type Desk, type Look, type LookState, registerName, registerUrl, yes } from "./desk.ts";
import type { Draw } from "./draw.ts";
import type { Portrait } from "./portrait.ts";
import type { CredentialRow } from "./rows.ts";

/** The look that stands, after an older one of the same claim where there has been time for it. */
export function rightToPractise(desk: Desk, credential: CredentialRow): Look[] {
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

function waitingState({ portrait, draw }: Desk, main: boolean): LookState | null {
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
function unsettled({ portrait, draw, reviewers }: Desk): LookState {
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
