import type { Page } from "../ui/page.ts";
import { guideQuestions } from "./parts.ts";

/** Questions for a first call, with what good and worrying answers sound like. Prints on its own. */
export function QuestionList({ page: { t } }: { page: Page }) {
  return (
    <ol className="ask-list">
      {guideQuestions.map((question) => (
        <li key={question}>
          <h3>{t(`guide.ask.question.${question}.ask`)}</h3>
          <dl className="facts">
            <div>
              <dt>{t("guide.ask.why")}</dt>
              <dd>{t(`guide.ask.question.${question}.why`)}</dd>
            </div>
            <div>
              <dt>{t("guide.ask.good")}</dt>
              <dd>{t(`guide.ask.question.${question}.good`)}</dd>
            </div>
            <div>
              <dt>{t("guide.ask.worry")}</dt>
              <dd>{t(`guide.ask.question.${question}.worry`)}</dd>
            </div>
          </dl>
        </li>
      ))}
    </ol>
  );
}
