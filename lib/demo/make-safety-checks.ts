import { addDays } from "#lib/vetting/rules.ts";
import { type Desk, type Look, registerName, registerUrl, yes } from "./desk.ts";

export function safety(desk: Desk): Look[] {
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
  const drawnOn = addDays(portrait.today, -draw.int(3, 84));
  // Looked at because of what a reader told us, which came before.
  const checkedOn = portrait.situation === "suspended" ? addDays(portrait.today, -3) : drawnOn;
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
