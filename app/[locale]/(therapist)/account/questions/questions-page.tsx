import type { AccountAnswer } from "#app/account/account-page.tsx";
import { claimWords } from "#components/questions/claim-words.ts";
import { type QuestionsPage, QuestionsView } from "#components/questions/questions-view.tsx";
import type { Page } from "#components/ui/page.ts";
import type { Actor } from "#lib/auth/rules.ts";
import type { ConflictReason } from "#lib/errors.ts";
import { type FieldErrors, type Typed, typedValue } from "#lib/forms/rules.ts";
import { getSentBack, listOwnCases, type OwnCase } from "#lib/questions/queries.ts";
import { answerField, wordsField } from "#lib/questions/rules.ts";

type Shown = {
  typed?: Typed;
  errors?: FieldErrors;
  done?: QuestionsPage["done"];
  conflict?: ConflictReason;
  status?: number;
};

/** What is asked and written, with everything that was typed and not sent. */
export async function questionsPage(
  page: Page,
  actor: Actor,
  shown: Shown = {},
): Promise<AccountAnswer> {
  const { typed = {}, errors = {}, done = null, conflict, status = 200 } = shown;
  const [cases, sentBack] = await Promise.all([listOwnCases(actor), getSentBack(actor)]);
  const why = conflict === "changed-elsewhere" ? "conflict" : "closed";
  const kept = conflict ? ({ why, words: homeless(typed, cases) } as const) : null;
  const form = { page, typed, errors, label: (field: string) => labelOf(page, cases, field) };
  return {
    title: page.t("questions.title"),
    status,
    body: <QuestionsView form={form} view={{ cases, sentBack, done, kept }} />,
  };
}

function labelOf(page: Page, cases: readonly OwnCase[], field: string): string {
  const asked = cases
    .flatMap(({ questions }) => questions)
    .find(({ id }) => answerField(id) === field);
  return asked ? claimWords(page, asked.claim) : page.t("questions.write");
}

/** What was typed in fields that are not on the page any more, and stands nowhere else. */
function homeless(typed: Typed, cases: readonly OwnCase[]): string[] {
  const questions = cases.flatMap((each) => each.questions);
  const fields = new Set([
    ...questions.filter(({ answeredAt }) => answeredAt === null).map(({ id }) => answerField(id)),
    ...cases.map(({ id }) => wordsField(id)),
  ]);
  const saved = new Set(questions.map(({ answer }) => answer));
  const words = Object.keys(typed)
    .filter((name) => /^(answer|words)-/.test(name) && !fields.has(name))
    .map((name) => typedValue(typed, name).trim());
  return [...new Set(words)].filter((each) => each !== "" && !saved.has(each));
}
