import { z } from "zod";
import { optionalDay, optionalText, requiredText, version } from "#lib/forms/schema.ts";

/** A licence as a therapist enters it, once its place and its type are chosen. */
export const credentialForm = z
  .object({
    typeId: z.string().min(1).max(100),
    jurisdiction: z.string().max(10),
    compactId: optionalText(60),
    letters: requiredText(60),
    number: requiredText(60),
    expiresOn: optionalDay,
    supervised: z.enum(["yes", "no"]),
    supervisorName: optionalText(120),
    supervisorNumber: optionalText(60),
    version,
  })
  .superRefine((claim, context) => {
    if (claim.supervised === "yes" && claim.supervisorName === null) {
      context.addIssue({ code: "custom", path: ["supervisorName"], message: "required" });
    }
  });

export type CredentialForm = z.output<typeof credentialForm>;

export const insuranceForm = z.object({
  insurer: optionalText(120),
  expiresOn: optionalDay,
  version,
});
