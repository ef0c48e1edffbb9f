import { eq } from "drizzle-orm";
import { z } from "zod";
import { profileRevisions } from "#db/schema/profiles.ts";
import { manyOf, optionalText } from "#lib/forms/schema.ts";
import { listTerms } from "#lib/reference/queries.ts";
import { chosen } from "./queries.ts";
import { said, topic } from "./topic.ts";
import { writeTerms } from "./write-terms.ts";

export const aboutLimit = 4000;

const kinds = ["modality", "concern", "identity"] as const;
const idsOf = (kind: (typeof kinds)[number]) => listTerms(kind).map(({ id }) => id);

const schema = z.object({
  approach: optionalText(aboutLimit),
  about: optionalText(aboutLimit),
  modality: manyOf(idsOf("modality"), { max: 20 }),
  concern: manyOf(idsOf("concern"), { max: 30 }),
  identity: manyOf(idsOf("identity")),
});

export const about = topic(schema, {
  layout: { lists: kinds },
  fill: (view) => ({
    approach: said(view.revision?.approach),
    about: said(view.revision?.about),
    ...Object.fromEntries(kinds.map((kind) => [kind, chosen(view, kind)])),
  }),
  write: async (value, { revisionId }, tx) => {
    const { approach, about, ...lists } = value;
    await tx
      .update(profileRevisions)
      .set({ approach, about })
      .where(eq(profileRevisions.id, revisionId));
    const terms = kinds.flatMap((kind) => lists[kind].map((id) => ({ kind, id })));
    await writeTerms(revisionId, kinds, terms, tx);
  },
});
