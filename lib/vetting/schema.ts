import { z } from "zod";
import { claimTypes } from "#db/vocabulary.ts";
import { type Cadence, cadenceOf, tooEarly } from "./rules.ts";

const days = z.int().min(1).max(3650);

/** An object that may name some of the words, and no others. */
function some<const W extends string, S extends z.ZodType>(words: readonly W[], each: S) {
  return z.strictObject(
    Object.fromEntries(words.map((word) => [word, each.optional()])) as Record<W, z.ZodOptional<S>>,
  );
}

const changes = z.strictObject({
  days: some([...claimTypes, "everything"], days).optional(),
  ahead: some(claimTypes, days).optional(),
  primaryWithin: days.optional(),
});

/** The cadence with what an operator changed, from JSON such as `{"days":{"credential":180}}`. */
export const cadenceText: z.ZodType<Cadence, string> = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue("must be JSON");
      return z.NEVER;
    }
  })
  .pipe(changes)
  .transform((given, context) => {
    const cadence = cadenceOf(given);
    for (const claimType of tooEarly(cadence)) {
      context.addIssue(`ahead.${claimType} must be less than the days for which a look holds`);
    }
    return cadence;
  });
