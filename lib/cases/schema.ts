import { z } from "zod";
import { caseKinds, checkTracks, textLocales } from "#db/vocabulary.ts";
import { requiredText } from "#lib/forms/schema.ts";
import { mostItems, wordLimits } from "./rules.ts";

export const whoseCases = ["all", "mine", "unclaimed"] as const;
/** Whose move it is. */
export const waitingFor = ["us", "therapist"] as const;
/** Days since a case was opened, as choices. */
export const ageChoices = [7, 14, 21, 30] as const;

const wordOrNone = <const W extends readonly [string, ...string[]]>(words: W) =>
  z.enum(words).nullable().catch(null);

/** What the queue is asked for, from an address: whatever makes no sense there is left out. */
export const queueFilters = z.object({
  kind: wordOrNone(caseKinds),
  track: wordOrNone(checkTracks),
  /** The language that the profile is written in. */
  language: wordOrNone(textLocales),
  jurisdiction: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/)
    .nullable()
    .catch(null),
  whose: z.enum(whoseCases).catch("all"),
  waiting: wordOrNone(waitingFor),
  olderThan: z.coerce.number().int().min(1).max(365).nullable().catch(null),
  page: z.coerce.number().int().min(1).max(1_000).catch(1),
});

export type QueueFilters = z.output<typeof queueFilters>;

/** What a therapist is asked for; rows that say nothing are left out. @param checkIds open looks */
export const askForm = (checkIds: readonly string[]) =>
  z
    .object({
      items: z
        .array(
          z
            .object({ checkId: z.string().default(""), question: z.string().default("") })
            .transform((row, context) => {
              const parsed = requiredText(wordLimits.item).safeParse(row.question);
              if (row.checkId === "" && row.question.trim() === "") return null;
              if (row.checkId !== "" && !checkIds.includes(row.checkId)) {
                context.addIssue({ code: "custom", path: ["checkId"], message: "choose" });
              }
              for (const issue of parsed.error?.issues ?? []) {
                context.addIssue({ ...issue, path: ["question"] });
              }
              return { checkId: row.checkId || null, question: parsed.data ?? "" };
            }),
        )
        .max(mostItems),
    })
    .superRefine(({ items }, context) => {
      if (items.every((item) => item === null)) {
        context.addIssue({ code: "custom", path: ["items", 0, "question"], message: "required" });
      }
    });

export const messageForm = z.object({
  kind: z.enum(["from-moderators", "private-note"]),
  body: requiredText(wordLimits.message),
});
