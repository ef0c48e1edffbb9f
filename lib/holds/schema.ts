import { z } from "zod";
import { requiredText } from "#lib/forms/schema.ts";
import { reasonLength } from "./rules.ts";

const slug = /^(?:.*\/therapists\/)?([a-z0-9]+(?:-[a-z0-9]+)*)\/?$/;

/** A listing is named by the address of its page, or by the last part of that. */
export const holdForm = z.object({
  therapist: requiredText(300)
    .refine((typed) => slug.test(typed), "no-listing")
    .transform((typed) => slug.exec(typed)?.[1] ?? ""),
  reason: requiredText(reasonLength.max, reasonLength.min),
});
