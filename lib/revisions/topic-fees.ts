import { eq } from "drizzle-orm";
import { z } from "zod";
import { profileRevisions } from "#db/schema/profiles.ts";
import { manyOf, oneOrNone, optionalNumber } from "#lib/forms/schema.ts";
import { listTerms } from "#lib/reference/queries.ts";
import { chosen } from "./queries.ts";
import { currencies } from "./rules.ts";
import { said, topic } from "./topic.ts";
import { writeTerms } from "./write-terms.ts";

const MOST = 100_000;

const schema = z
  .object({
    feeMin: optionalNumber(0, MOST),
    feeMax: optionalNumber(0, MOST),
    feeCurrency: oneOrNone(currencies),
    feeMinutes: optionalNumber(10, 240),
    slidingMin: optionalNumber(0, MOST),
    slidingPlacesOpen: oneOrNone(["yes", "no"]),
    fee: manyOf(listTerms("fee").map(({ id }) => id)),
  })
  .superRefine((fees, context) => {
    const wrong = (field: keyof typeof fees, message: string) =>
      context.addIssue({ code: "custom", path: [field], message });
    const { feeMin, feeMax, feeCurrency, feeMinutes, slidingMin } = fees;
    if (feeMin === null) {
      if (feeMax !== null || slidingMin !== null) wrong("feeMin", "required");
      return;
    }
    if (feeCurrency === null) wrong("feeCurrency", "choose");
    if (feeMinutes === null) wrong("feeMinutes", "required");
    if (feeMax !== null && feeMax < feeMin) wrong("feeMax", "below-lowest");
    if (slidingMin !== null && slidingMin > feeMin) wrong("slidingMin", "above-lowest");
  });

export const fees = topic(schema, {
  layout: { lists: ["fee"] },
  fill: (view) => {
    const { revision } = view;
    const open = revision?.slidingPlacesOpen;
    return {
      feeMin: said(revision?.feeMin),
      feeMax: said(revision?.feeMax),
      feeCurrency: said(revision?.feeCurrency),
      feeMinutes: said(revision?.feeMinutes ?? 50),
      slidingMin: said(revision?.slidingMin),
      slidingPlacesOpen: open === null || open === undefined ? [] : [open ? "yes" : "no"],
      fee: chosen(view, "fee"),
    };
  },
  write: async (value, { revisionId }, tx) => {
    const { fee, slidingPlacesOpen, feeMin, feeMax, feeCurrency, feeMinutes, slidingMin } = value;
    // Four columns that only make sense together.
    const price =
      feeMin === null
        ? { feeMin, feeMax: null, feeCurrency: null, feeMinutes: null, slidingMin: null }
        : { feeMin, feeMax: feeMax ?? feeMin, feeCurrency, feeMinutes, slidingMin };
    await tx
      .update(profileRevisions)
      .set({
        ...price,
        slidingPlacesOpen: slidingPlacesOpen === null ? null : slidingPlacesOpen === "yes",
      })
      .where(eq(profileRevisions.id, revisionId));
    await writeTerms(
      revisionId,
      ["fee"],
      fee.map((id) => ({ kind: "fee", id })),
      tx,
    );
  },
});
