import type { CheckTrack, ClaimType } from "#db/vocabulary.ts";

export const trackOf: Record<ClaimType, CheckTrack> = {
  identity: "identity",
  credential: "right-to-practise",
  discipline: "safety",
  exclusion: "safety",
  insurance: "safety",
  supervision: "safety",
  training: "affirming-practice",
  "practice-statements": "affirming-practice",
};
