import type { StatementAnswer } from "#db/vocabulary.ts";
import {
  type PracticeStatement,
  practiceStatements,
  statementLimits,
} from "#lib/reference/queries.ts";
import { demoData } from "./data.ts";
import type { Draw } from "./draw.ts";
import { fillIn } from "./make-words.ts";
import type { Portrait } from "./portrait.ts";

export type WrittenStatement = { statementId: string; answer: StatementAnswer; words: string };

/** Answers to the core questions and to most of the others, in this therapist's words. */
export function makeStatements(portrait: Portrait): WrittenStatement[] {
  const draw = portrait.draw("statements");
  const unfinished = portrait.situation === "draft";
  return practiceStatements().flatMap((statement) => {
    const answered = statement.core ? !unfinished || draw.chance(0.5) : draw.chance(0.78);
    return answered ? [writeStatement(statement, portrait, draw)] : [];
  });
}

function writeStatement(
  { id, core }: PracticeStatement,
  portrait: Portrait,
  draw: Draw,
): WrittenStatement {
  const { statementInProgress, statementNo } = demoData.texts[portrait.writes];
  const answer = core ? "yes" : draw.weighted({ yes: 90, "in-progress": 6, no: 4 });
  const other = { yes: undefined, "in-progress": statementInProgress[id], no: statementNo[id] }[
    answer
  ];
  if (other) return { statementId: id, answer, words: fillIn(draw.pick(other), portrait, draw) };
  return { statementId: id, answer: "yes", words: writeYes(id, portrait, draw) };
}

function writeYes(id: string, portrait: Portrait, draw: Draw): string {
  const lines = demoData.statements[portrait.writes][id];
  if (!lines) throw new Error(`No words for the statement ${id}`);
  const words = fillIn(draw.pick(lines.words), portrait, draw);
  if (draw.chance(0.2)) return words;
  const whole = `${words} ${fillIn(draw.pick(lines.more), portrait, draw)}`;
  return whole.length <= statementLimits().maxChars ? whole : words;
}
