import { z } from "zod";
import { reportKinds } from "#db/vocabulary.ts";
import { type Typed, typedValue } from "#lib/forms/rules.ts";
import { optionalText, requiredText } from "#lib/forms/schema.ts";
import { mostAnswer, mostWords } from "./rules.ts";

/** What a reader says, as the form sends it. */
export const reportForm = z.object({ kind: z.enum(reportKinds), words: optionalText(mostWords) });

export const settlingIntents = { "uphold-report": true, "dismiss-report": false } as const;
export type SettlingIntent = keyof typeof settlingIntents;

export type Settlement = { reportId: string; upheld: boolean };

/** What a button of `ReportList` asks for; null when the form is about something else. */
export function settlementOf(typed: Typed): Settlement | null {
  const intent = typedValue(typed, "intent");
  if (!Object.hasOwn(settlingIntents, intent)) return null;
  const upheld = settlingIntents[intent as SettlingIntent];
  return { reportId: typedValue(typed, "report"), upheld };
}

/** What moderators answer to whoever left a way back. */
export const answerForm = z.object({ answer: requiredText(mostAnswer) });

/** The answer's field: a page has one for each report. */
export const answerField = (reportId: string) => `answer-${reportId}`;
