import type { ListingState } from "#db/vocabulary.ts";

/** What a therapist may do with the listing itself; everything else is for moderators. */
export const listingMoves = {
  pause: { from: "listed", to: "paused", otherwise: "not-listed" },
  resume: { from: "paused", to: "listed", otherwise: "changed-elsewhere" },
} as const satisfies Record<string, { from: ListingState; to: ListingState; otherwise: string }>;

export type ListingMove = keyof typeof listingMoves;

/** Listings whose openings may be said anew. */
export const confirmable = [
  "draft",
  "pending",
  "listed",
  "paused",
] as const satisfies readonly ListingState[];
