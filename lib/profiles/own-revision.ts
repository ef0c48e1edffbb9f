import { asc, desc, eq, inArray } from "drizzle-orm";
import { profileRevisions } from "#db/schema/profiles.ts";
import { standingRevisionStates } from "#db/vocabulary.ts";

/** Revisions that their own therapist gets to see. */
export const isOwnToSee = inArray(profileRevisions.state, [...standingRevisionStates, "rejected"]);

/** The newest that stands; one that was refused only where nothing stands. */
export const ownFirst = [
  asc(eq(profileRevisions.state, "rejected")),
  desc(profileRevisions.number),
] as const;
