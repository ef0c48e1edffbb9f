import { z } from "zod";
import { textLocales } from "#db/vocabulary.ts";
import { emailAddress } from "#lib/auth/schema.ts";
import { checkbox, oneOf } from "#lib/forms/schema.ts";

export const mailLanguageForm = z.object({
  locale: oneOf(textLocales).pipe(z.enum(textLocales)),
});

export const addressForm = z.object({ email: emailAddress });

export const deletionForm = z.object({
  sure: checkbox.refine((sure) => sure, "say-yes"),
});
