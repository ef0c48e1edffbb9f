import { eq } from "drizzle-orm";
import { z } from "zod";
import { contactWays } from "#db/schema/profiles.ts";
import { type ContactKind, contactKinds } from "#db/vocabulary.ts";
import { optionalText } from "#lib/forms/schema.ts";
import { filledRows, topic } from "./topic.ts";

export const mostContacts = 6;

const shapes: Record<ContactKind, (value: string) => boolean> = {
  email: (value) => z.email().safeParse(value).success,
  phone: isPhone,
  text: isPhone,
  signal: (value) => isPhone(value) || /^[\w.]{3,32}\.\d{2,4}$/.test(value),
  website: isWebAddress,
  booking: isWebAddress,
};

const way = z
  .object({
    kind: z.string().default(""),
    value: optionalText(300),
    note: optionalText(200),
  })
  .transform((row, context) => {
    const kind = contactKinds.find((known) => known === row.kind);
    if (row.value === null && row.note === null) return null;
    if (kind === undefined) {
      context.addIssue({ code: "custom", path: ["kind"], message: "choose" });
      return z.NEVER;
    }
    if (row.value === null || !shapes[kind](row.value)) {
      const message = row.value === null ? "required" : `not-${kind}`;
      context.addIssue({ code: "custom", path: ["value"], message });
      return z.NEVER;
    }
    return { kind, value: row.value, note: row.note };
  });

const schema = z.object({ ways: z.array(way).max(mostContacts) });

export const contact = topic(schema, {
  layout: { rows: { ways: mostContacts } },
  fill: ({ contacts }) => filledRows("ways", contacts),
  write: async ({ ways }, { revisionId }, tx) => {
    const said = ways.filter((each) => each !== null);
    await tx.delete(contactWays).where(eq(contactWays.revisionId, revisionId));
    if (said.length === 0) return;
    await tx
      .insert(contactWays)
      .values(said.map((each, position) => ({ revisionId, position, ...each })));
  },
});

function isPhone(value: string): boolean {
  return /^\+?[\d\s().-]{5,30}$/.test(value) && value.replaceAll(/\D/g, "").length >= 5;
}

function isWebAddress(value: string): boolean {
  return z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).safeParse(value).success;
}
