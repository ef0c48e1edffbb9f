import type { ReportKind } from "#db/vocabulary.ts";

/** Characters that a reader may write. */
export const mostWords = 2000;

/** Characters that moderators may answer. */
export const mostAnswer = 4000;

/** What cannot wait its turn in the queue. */
const urgentKinds: readonly ReportKind[] = ["harm", "not-who-they-say", "privacy"];

/** So many different reports about one listing are urgent together, whatever each says. */
export const raisedBy = { reports: 3, withinDays: 30 } as const;

/** @param recent different reports about the listing in those days, with this one */
export function isUrgent(kind: ReportKind, recent: number): boolean {
  return urgentKinds.includes(kind) || recent >= raisedBy.reports;
}

/** Reports that we take in one day: without addresses, this is what bounds a flood. */
export const dailyLimits = { ofListing: 30, ofSite: 300, ofHarm: 10 } as const;

/** What came in today: about this listing, those of harm among them, and about any. */
export type Today = { ofListing: number; ofHarm: number; ofSite: number };

/** Each listing keeps places for reports of harm, which a flood of anything else cannot take. */
export function hasRoom(kind: ReportKind, today: Today): boolean {
  if (kind === "harm" && today.ofHarm < dailyLimits.ofHarm) return true;
  return today.ofListing < dailyLimits.ofListing && today.ofSite < dailyLimits.ofSite;
}

/** Days for which the words are kept after their case was closed. */
export const keepWordsDays = 90;

type Said = { caseId: string; kind: ReportKind; words: string | null };

/**
 * One text for reports that are the same: the same words in one case, whatever their blanks and
 * capitals, or no words on one day.
 */
export function sameness({ caseId, kind, words }: Said, day: string): string {
  const said = words?.normalize("NFC").trim().replaceAll(/\s+/g, " ").toLowerCase();
  return JSON.stringify(said === undefined ? { caseId, kind, day } : { caseId, kind, said });
}
