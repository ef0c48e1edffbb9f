import type { Question } from "#lib/questions/queries.ts";
import type { Page } from "../ui/page.ts";
import { claimWords } from "./claim-words.ts";

/** Questions that have their answer; it stands as it was sent. */
export function AnsweredList({ page, questions }: { page: Page; questions: readonly Question[] }) {
  const { t } = page;
  return (
    <details className="answered">
      <summary>{t("questions.answeredHeading")}</summary>
      <ul>
        {questions.map(({ id, claim, question, answer, answeredAt }) => (
          <li key={id} className="question">
            <strong>{claimWords(page, claim)}</strong>
            <p className="question-words">{question}</p>
            <p>{t("questions.yourAnswer")}</p>
            <blockquote className="kept">{answer}</blockquote>
            {answeredAt && (
              <small>
                {t("questions.answered", { day: page.day(answeredAt.toISOString().slice(0, 10)) })}
              </small>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
