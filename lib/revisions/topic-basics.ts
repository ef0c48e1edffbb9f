import { eq } from "drizzle-orm";
import { z } from "zod";
import { profileRevisions, therapists } from "#db/schema/profiles.ts";
import { textLocales } from "#db/vocabulary.ts";
import { checkbox, optionalText } from "#lib/forms/schema.ts";
import { seal } from "#lib/sealing/seal.ts";
import { legalNameContext } from "./queries.ts";
import { said, topic } from "./topic.ts";

export const basicsLimits = {
  displayName: 120,
  headline: 200,
  pronouns: 60,
  legalName: 160,
  note: 200,
};

/** Texts may stay empty until the profile is sent: a draft is saved as far as it goes. */
const schema = z.object({
  displayName: optionalText(basicsLimits.displayName),
  pronouns: optionalText(basicsLimits.pronouns),
  headline: optionalText(basicsLimits.headline),
  textLocale: z.enum(textLocales),
  legalName: optionalText(basicsLimits.legalName),
  registerNameNote: optionalText(basicsLimits.note),
  searchEngines: checkbox,
});

export const basics = topic(schema, {
  fill: ({ revision, legalName, therapist }) => ({
    displayName: said(revision?.displayName),
    pronouns: said(revision?.pronouns),
    headline: said(revision?.headline),
    textLocale: [revision?.textLocale ?? "en"],
    legalName: said(legalName),
    registerNameNote: said(revision?.registerNameNote),
    searchEngines: therapist?.searchEngines ? ["on"] : [],
  }),
  write: async ({ legalName, searchEngines, ...words }, { revisionId, therapistId }, tx) => {
    await tx.update(profileRevisions).set(words).where(eq(profileRevisions.id, revisionId));
    const sealedLegalName = legalName && seal(legalName, legalNameContext(therapistId));
    await tx
      .update(therapists)
      .set({ sealedLegalName, searchEngines })
      .where(eq(therapists.id, therapistId));
  },
});
