import { eq } from "drizzle-orm";
import { z } from "zod";
import { practiceStatements } from "#db/schema/profiles.ts";
import { statementAnswers } from "#db/vocabulary.ts";
import { lengthOf, oneOrNone, optionalText } from "#lib/forms/schema.ts";
import {
  listLevels,
  listTerms,
  practiceStatements as questions,
  statementLimits,
} from "#lib/reference/queries.ts";
import { topic } from "./topic.ts";
import { writeTerms } from "./write-terms.ts";

const { minChars, maxChars } = statementLimits();
const contexts = listTerms("work").map(({ id }) => id);
/** Lived experience is told on another page, by choice, and never as a measure of skill. */
export const experience = listLevels("work").filter(({ id }) => id !== "lived");

const answerOf = (id: string) => `answer-${id}`;
const wordsOf = (id: string) => `words-${id}`;
const levelOf = (id: string) => `work-${id}`;

const schema = z
  .object({
    ...Object.fromEntries(questions().map(({ id }) => [answerOf(id), oneOrNone(statementAnswers)])),
    ...Object.fromEntries(questions().map(({ id }) => [wordsOf(id), optionalText(maxChars)])),
    ...Object.fromEntries(
      contexts.map((id) => [levelOf(id), oneOrNone(experience.map((level) => level.id))]),
    ),
  } as Record<string, ReturnType<typeof oneOrNone>>)
  .superRefine((value, context) => {
    for (const { id } of questions()) {
      const answer = value[answerOf(id)] ?? null;
      const words = value[wordsOf(id)] ?? null;
      const wrong = (field: string, message: string) =>
        context.addIssue({ code: "custom", path: [field], message, params: { min: minChars } });
      if (answer === null && words !== null) wrong(answerOf(id), "choose");
      if (answer !== null && words === null) wrong(wordsOf(id), "own-words");
      if (words !== null && lengthOf(words) < minChars) wrong(wordsOf(id), "too-short");
    }
  });

export const practice = topic(schema, {
  fill: ({ statements, terms }) => ({
    ...Object.fromEntries(statements.map(({ id, answer }) => [answerOf(id), [answer]])),
    ...Object.fromEntries(statements.map(({ id, words }) => [wordsOf(id), [words]])),
    ...Object.fromEntries(
      terms
        .filter(({ kind }) => kind === "work")
        .map(({ id, level }) => [levelOf(id), [level ?? "some"]]),
    ),
  }),
  write: async (value, { revisionId }, tx) => {
    const levels = contexts.flatMap((id) => {
      const level = value[levelOf(id)] ?? null;
      return level === null ? [] : [{ kind: "work" as const, id, level }];
    });
    await writeTerms(revisionId, ["work"], levels, tx);
    await tx.delete(practiceStatements).where(eq(practiceStatements.revisionId, revisionId));
    const said = questions().flatMap(({ id: statementId }) => {
      const answer = statementAnswers.find((known) => known === value[answerOf(statementId)]);
      const words = value[wordsOf(statementId)];
      return answer && words ? [{ revisionId, statementId, answer, words }] : [];
    });
    if (said.length > 0) await tx.insert(practiceStatements).values(said);
  },
});
