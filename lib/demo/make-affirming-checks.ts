import { addDays } from "#lib/vetting/rules.ts";
import { type Desk, type Look, type LookState, yes } from "./desk.ts";

export function affirmingPractice(desk: Desk): Look[] {
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

function statementsState({ portrait, draw, reviewers }: Desk): LookState {
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
