import { z } from "zod";
import { disclosureCards } from "#db/schema/profiles.ts";
import { optionalText } from "#lib/forms/schema.ts";
import { disclosureLimit, disclosureParts } from "./rules.ts";
import { said, topic } from "./topic.ts";

const schema = z.object({
  reporting: optionalText(disclosureLimit),
  notes: optionalText(disclosureLimit),
  diagnosis: optionalText(disclosureLimit),
  legalName: optionalText(disclosureLimit),
  billingWords: optionalText(disclosureLimit),
  subpoenas: optionalText(disclosureLimit),
});

export const disclosure = topic(schema, {
  fill: ({ disclosure: card }) =>
    Object.fromEntries(disclosureParts.map((part) => [part, said(card?.[part])])),
  write: async (card, { revisionId }, tx) => {
    await tx
      .insert(disclosureCards)
      .values({ revisionId, ...card })
      .onConflictDoUpdate({ target: disclosureCards.revisionId, set: card });
  },
});
