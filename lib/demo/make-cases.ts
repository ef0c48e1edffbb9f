import { openCheckStates } from "#db/vocabulary.ts";
import { addDays, type Day } from "#lib/vetting/rules.ts";
import { noon } from "./make-profile.ts";
import type { Portrait } from "./portrait.ts";
import { reviewersFor } from "./reviewers.ts";
import type { CheckRow, DemoRows } from "./rows.ts";
import { sentOn } from "./sent-on.ts";

type CaseRows = Pick<DemoRows, "cases" | "checks" | "decisions" | "reports" | "caseItems">;

/** What moderators have before them, with the looks that wait in it. */
export function makeCases(portrait: Portrait, checks: readonly CheckRow[]): CaseRows {
  switch (portrait.situation) {
    case "pending":
    case "source-down":
      return { ...nothing, ...submission(portrait, checks, null) };
    case "needs-info":
      return waitsForAnswer(portrait, checks);
    case "changes-requested":
      return waitsForChanges(portrait, checks);
    case "suspended":
      return hidden(portrait, checks);
    default:
      return { ...nothing, checks: [...checks] };
  }
}

const nothing: Omit<CaseRows, "checks"> = { cases: [], decisions: [], reports: [], caseItems: [] };

function submission(portrait: Portrait, checks: readonly CheckRow[], stoppedOn: Day | null) {
  const { id } = portrait;
  const sent = sentOn(portrait);
  if (sent === null) throw new Error(`${id} has sent nothing`);
  return {
    cases: [
      {
        id: caseIdOf(portrait),
        therapistId: id,
        kind: "submission" as const,
        revisionId: `${id}-r1`,
        openedAt: noon(sent),
        stoppedAt: stoppedOn === null ? null : noon(stoppedOn),
      },
    ],
    checks: checks.map((check) =>
      openCheckStates.some((state) => state === check.state)
        ? { ...check, caseId: caseIdOf(portrait) }
        : check,
    ),
  };
}

function waitsForAnswer(portrait: Portrait, checks: readonly CheckRow[]): CaseRows {
  const askedOn = daysAgo(portrait, 5);
  const asked = checks.find(({ state }) => state === "needs-info");
  return {
    ...nothing,
    ...submission(portrait, checks, askedOn),
    caseItems: [
      {
        id: `${portrait.id}-item`,
        caseId: caseIdOf(portrait),
        checkId: asked?.id ?? null,
        question: asked?.publicNote ?? "",
        askedBy: moderatorOf(portrait),
        askedAt: noon(askedOn),
      },
    ],
  };
}

function waitsForChanges(portrait: Portrait, checks: readonly CheckRow[]): CaseRows {
  const askedOn = daysAgo(portrait, 5);
  const unclear = checks.find(({ claimType }) => claimType === "practice-statements");
  return {
    ...nothing,
    ...submission(portrait, checks, askedOn),
    decisions: [
      {
        ...madeBy(portrait, askedOn),
        subject: "revision",
        revisionId: `${portrait.id}-r1`,
        action: "request-changes",
        reason: unclear?.publicNote ?? "",
      },
    ],
  };
}

/** A reader told us, a moderator hid the listing, and nobody has decided yet what it means. */
function hidden(portrait: Portrait, checks: readonly CheckRow[]): CaseRows {
  const { id } = portrait;
  const caseId = caseIdOf(portrait);
  const reportedOn = daysAgo(portrait, 12);
  return {
    ...nothing,
    checks: checks.map((check) => (check.state === "rejected" ? { ...check, caseId } : check)),
    cases: [
      {
        id: caseId,
        therapistId: id,
        kind: "complaint",
        urgent: true,
        openedAt: noon(reportedOn),
      },
    ],
    reports: [
      {
        id: `${id}-report`,
        therapistId: id,
        caseId,
        kind: "harm",
        receivedOn: reportedOn,
        sameWords: `${id}-report`,
      },
    ],
    decisions: [
      {
        ...madeBy(portrait, reportedOn),
        subject: "listing",
        action: "hide",
        reason: "Someone told us something that we have to look into first.",
      },
    ],
  };
}

function madeBy(portrait: Portrait, day: Day) {
  const at = new Date(noon(day).getTime() + 60 * 60 * 1000);
  return {
    id: `${portrait.id}-decision`,
    therapistId: portrait.id,
    caseId: caseIdOf(portrait),
    people: 1,
    state: "in-force" as const,
    proposedBy: moderatorOf(portrait),
    proposedAt: at,
    inForceAt: at,
  };
}

function caseIdOf({ id }: Portrait): string {
  return `${id}-case`;
}

/** A day among the last ones, the same for everything about one therapist. */
function daysAgo({ draw, today }: Portrait, most: number): Day {
  return addDays(today, -draw("case").int(4, most));
}

/** The one who signed the other looks. */
function moderatorOf(portrait: Portrait): string {
  return reviewersFor(portrait, portrait.draw("checks")).first;
}
