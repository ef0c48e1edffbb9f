import { addDays } from "#lib/vetting/rules.ts";
import { type Desk, type Held, type Look, registerName, registerUrl, yes } from "./desk.ts";
import { affirmingPractice } from "./make-affirming-checks.ts";
import { rightToPractise } from "./make-right-checks.ts";
import { safety } from "./make-safety-checks.ts";
import type { Portrait } from "./portrait.ts";
import { reviewersFor } from "./reviewers.ts";
import type { CheckRow } from "./rows.ts";

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
