import { z } from "zod";
import { wordLimits } from "#lib/cases/rules.ts";
import { type Parsed, parseForm, type Typed } from "#lib/forms/rules.ts";
import { optionalText, requiredText } from "#lib/forms/schema.ts";
import { answerField, wordsField } from "./rules.ts";

export type Answer = { itemId: string; words: string };

/**
 * The answers of a form that has a field for each question; those left empty are left out.
 * @param open ids of the questions that the page would show: the first one is marked when nothing
 * was answered at all
 */
export function readAnswers(typed: Typed, open: readonly string[]): Parsed<Answer[]> {
  const ids = Object.keys(typed).flatMap((name) => answerName.exec(name)?.[1] ?? []);
  const schema = z.object(
    Object.fromEntries(ids.map((id) => [answerField(id), optionalText(wordLimits.item)])),
  );
  const parsed = parseForm(schema, typed);
  if (!parsed.ok) return parsed;
  const answers = ids.flatMap((itemId) => {
    const words = parsed.value[answerField(itemId)];
    return words ? [{ itemId, words }] : [];
  });
  if (answers.length > 0) return { ok: true, value: answers };
  const [first] = open;
  return { ok: false, errors: { [first ? answerField(first) : ""]: { code: "required" } } };
}

const answerName = /^answer-([\w-]{1,50})$/;

/** A message about one case. */
export function readMessage(typed: Typed, caseId: string): Parsed<string> {
  const field = wordsField(caseId);
  const parsed = parseForm(z.object({ [field]: requiredText(wordLimits.message) }), typed);
  return parsed.ok ? { ok: true, value: parsed.value[field] ?? "" } : parsed;
}
