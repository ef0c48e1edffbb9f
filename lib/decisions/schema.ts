import { z } from "zod";
import {
  type ClaimType,
  checkMethods,
  type DecisionAction,
  decisionActions,
  decisionCodes,
  sourceTypes,
} from "#db/vocabulary.ts";
import { wordLimits } from "#lib/cases/rules.ts";
import { oneOf, oneOrNone, optionalDay, optionalText, requiredText } from "#lib/forms/schema.ts";
import { type Cadence, countsAsPrimary, type Day, defaultCadence } from "#lib/vetting/rules.ts";
import { decisionRules } from "./transitions.ts";

/** What every decision says: which, why by a code, and why in words that the therapist may read. */
export const decisionForm = z
  .object({
    action: z.enum(decisionActions),
    code: oneOrNone(decisionCodes).pipe(z.enum(decisionCodes).nullable()),
    reason: requiredText(wordLimits.reason),
  })
  .superRefine(({ action, code }, context) => {
    const codes: readonly string[] = decisionRules[action].codes;
    if (codes.length > 0 && !codes.includes(code ?? "")) {
      context.addIssue({ code: "custom", path: ["code"], message: "choose" });
    }
  });

/** A web address that a moderator looked at; none is fine. */
const optionalUrl = optionalText(500).refine(
  (text) => text === null || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)),
  "not-an-address",
);

/** What a look found, as a moderator enters it. @param today the day of the look */
export const checkForm = (today: Day, cadence: Cadence = defaultCadence) =>
  z
    .object({
      authority: requiredText(200),
      sourceType: oneOf(sourceTypes).pipe(z.enum(sourceTypes)),
      sourceUrl: optionalUrl,
      method: oneOf(checkMethods).pipe(z.enum(checkMethods)),
      sourceAsOf: optionalDay,
      sourceStatus: optionalText(300),
      issuedOn: optionalDay,
      expiresOn: optionalDay,
      validUntil: optionalDay,
      conditions: optionalText(600),
      publicNote: optionalText(600),
      privateNote: optionalText(2000),
    })
    .superRefine((record, context) => {
      const wrong = (path: string, message: string) =>
        context.addIssue({ code: "custom", path: [path], message });
      const { sourceAsOf, issuedOn, expiresOn, validUntil, sourceType } = record;
      if (sourceAsOf !== null && sourceAsOf > today) wrong("sourceAsOf", "day-in-future");
      if (issuedOn !== null && issuedOn > today) wrong("issuedOn", "day-in-future");
      if (issuedOn !== null && expiresOn !== null && issuedOn > expiresOn) {
        wrong("expiresOn", "before-issued");
      }
      if (validUntil !== null && validUntil < today) wrong("validUntil", "in-past");
      if (sourceType === "primary" && sourceAsOf === null) wrong("sourceAsOf", "required");
      if (
        sourceType === "primary" &&
        sourceAsOf !== null &&
        !countsAsPrimary(sourceAsOf, today, cadence)
      ) {
        wrong("sourceAsOf", "too-old");
      }
    });

export type CheckForm = z.output<ReturnType<typeof checkForm>>;

/** What a look must say beyond the form before it can be decided so; field names to problems. */
export function recordProblems(
  action: DecisionAction,
  claimType: ClaimType,
  record: Pick<CheckForm, "conditions" | "method" | "sourceType" | "expiresOn" | "sourceStatus">,
  today: Day,
): Record<string, string> {
  const says = action === "verify" || action === "verify-with-conditions";
  const problems: Record<string, string> = {};
  if (action === "verify-with-conditions" && record.conditions === null) {
    problems.conditions = "required";
  }
  if (says && record.expiresOn !== null && record.expiresOn < today) problems.expiresOn = "in-past";
  // Someone who wants to be taken for a therapist gives us their own telephone number.
  if (says && claimType === "identity" && record.method !== "call-back") {
    problems.method = "call-back";
  }
  if (says && (claimType === "identity" || claimType === "credential")) {
    if (record.sourceType === "self") problems.sourceType = "not-own-word";
  }
  if (says && claimType === "credential" && record.sourceStatus === null) {
    problems.sourceStatus = "required";
  }
  return problems;
}
