import type { SessionFormat } from "#db/vocabulary.ts";
import { type FacetKey, facetKeys } from "./schema.ts";

/** Goes up when documents change shape: a worker that finds another one builds the index anew. */
export const documentShape = 3;

/** Dates as numbers, `20261123`: Meilisearch compares numbers. */
type DayNumber = number;

/** What a card says of one vetting track: the latest standing look, or that one is under way. */
export type TrackLine = { checkedOn: string; until: string } | "waiting" | null;

export type CardRight = {
  jurisdiction: string;
  letters: string;
  checkedOn: string;
  until: string;
};

/** The part of a document that a result card is drawn from. */
export type CardView = {
  therapistId: string;
  slug: string;
  name: string;
  letters: string[];
  pronouns: string | null;
  photoId: string | null;
  headline: string;
  textLocale: string;
  accepting: boolean;
  nextOpening: string | null;
  confirmedOn: string;
  cities: { city: string; region: string }[];
  /** Where this document's room is, if it has one; distance is measured from here. */
  _geo?: { lat: number; lng: number };
  fees: {
    min: number;
    max: number;
    currency: string;
    minutes: number;
    slidingMin: number | null;
  } | null;
  rights: CardRight[];
  identityCheck: TrackLine;
  safetyCheck: TrackLine;
  affirmingCheck: TrackLine;
} & Record<FacetKey, string[]>;

/**
 * What Meilisearch holds of a therapist, and all that it holds: only what a reader may see.
 * A therapist with several rooms has one document for each, since a document has one position;
 * `main` marks the one that stands for them when no place is asked for.
 */
export type DirectoryDocument = Omit<CardView, "format"> & {
  id: string;
  main: boolean;
  format: SessionFormat[];
  visibleUntil: DayNumber;
  acceptingUntil: DayNumber;
  confirmed: DayNumber;
  /** See `reachNumbers`. */
  reach: number[];
  /** Breaks ties without favouring the start of the alphabet. */
  shuffle: number;
  modalityWords: string[];
  concernWords: string[];
  approach: string;
  trainingWords: string[];
  otherWords: string[];
};

export const cardFields = [
  "therapistId",
  "slug",
  "name",
  "letters",
  "pronouns",
  "photoId",
  "headline",
  "textLocale",
  "accepting",
  "nextOpening",
  "confirmedOn",
  "cities",
  "_geo",
  "fees",
  "rights",
  "identityCheck",
  "safetyCheck",
  "affirmingCheck",
  ...facetKeys,
] as const satisfies readonly (keyof CardView)[];
