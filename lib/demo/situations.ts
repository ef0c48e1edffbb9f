import type { PersonaSituation } from "#db/seed/personas.ts";
import type { ListingState, RevisionState } from "#db/vocabulary.ts";

export type Situation = PersonaSituation;

export type SituationFacts = {
  /** How common it is among generated therapists. */
  weight: number;
  listing: ListingState;
  revision: RevisionState;
  /** Days since the therapist said that openings and fees are right. */
  confirmed: readonly [number, number];
  /** Days from today to the end of the main right to practise; otherwise well ahead. */
  rightEnds?: readonly [number, number];
};

const settled = { listing: "listed", revision: "live", confirmed: [0, 40] } as const;

/** Where a listing can stand. Everything later is drawn so that it agrees with this. */
export const situations: Record<Situation, SituationFacts> = {
  listed: { ...settled, weight: 748 },
  unconfirmed: { ...settled, weight: 45, confirmed: [46, 58] },
  "openings-unknown": { ...settled, weight: 40, confirmed: [61, 88] },
  stale: { ...settled, weight: 20, confirmed: [91, 100] },
  expiring: { ...settled, weight: 38, rightEnds: [4, 55] },
  lapsed: { ...settled, weight: 20, rightEnds: [-40, -1] },
  conditions: { ...settled, weight: 14 },
  editing: { ...settled, weight: 15 },
  pending: { ...settled, weight: 12, listing: "pending", revision: "submitted" },
  "needs-info": { ...settled, weight: 6, listing: "pending", revision: "submitted" },
  "changes-requested": { ...settled, weight: 4, listing: "pending", revision: "changes-requested" },
  "source-down": { ...settled, weight: 3, listing: "pending", revision: "submitted" },
  draft: { ...settled, weight: 12, listing: "draft", revision: "draft" },
  paused: { ...settled, weight: 13, listing: "paused" },
  suspended: { ...settled, weight: 6, listing: "suspended" },
  removed: { ...settled, weight: 4, listing: "removed" },
};

export const situationWeights = Object.fromEntries(
  Object.entries(situations).map(([situation, { weight }]) => [situation, weight]),
) as Record<Situation, number>;
