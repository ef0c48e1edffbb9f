import type { StatementAnswer } from "#db/vocabulary.ts";
import type { PublicProfile } from "#lib/profiles/queries.ts";
import type { Page } from "../ui/page.ts";
import { OwnWords } from "./own-words.tsx";
import { TermList } from "./term-list.tsx";

export type StatementView = {
  id: string;
  statement: string;
  prompt: string;
  answer: StatementAnswer;
  words: string;
};

type StatementsProps = { page: Page; profile: PublicProfile; statements: readonly StatementView[] };

/** How they work with sex workers: our questions, their answers, as they wrote them. */
export function StatementsSection({ page, profile, statements }: StatementsProps) {
  const { t } = page;
  return (
    <section aria-labelledby="works">
      <h2 id="works">{t("profile.works")}</h2>
      <p className="note">
        {t("profile.worksLead")} <strong>{t("profile.selfDeclared")}.</strong>
      </p>
      <div className="statements">
        {statements.map(({ id, statement, prompt, answer, words }) => (
          <div key={id} className="statement">
            <h3>{prompt}</h3>
            <OwnWords page={page} locale={profile.textLocale} text={words} />
            <p className="answer">
              <span className={`answer-${answer}`}>{t(`profile.answer.${answer}`)}</span>{" "}
              {statement}
            </p>
          </div>
        ))}
      </div>
      <dl className="facts">
        <TermList page={page} profile={profile} kind="work" label={t("profile.contexts")} />
      </dl>
    </section>
  );
}
