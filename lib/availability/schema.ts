import { z } from "zod";
import { oneOf, optionalDay } from "#lib/forms/schema.ts";

/** What a therapist says about openings: the two fields of the form. */
export const availabilityForm = z.object({
  accepting: oneOf(["yes", "no"]).transform((answer) => answer === "yes"),
  nextOpening: optionalDay,
});

export type AvailabilityInput = z.output<typeof availabilityForm>;
