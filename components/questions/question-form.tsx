import { wordLimits } from "#lib/cases/rules.ts";
import type { Question } from "#lib/questions/queries.ts";
import { answerField } from "#lib/questions/rules.ts";
import type { FormView } from "../forms/form-view.ts";
import { TextArea } from "../forms/text-area.tsx";

type QuestionFormProps = { form: FormView; questions: readonly Question[] };

/** Everything that is asked, and a field below each; what is left empty stays open. */
export function QuestionForm({ form, questions }: QuestionFormProps) {
  const { t, href } = form.page;
  return (
    <form
      method="post"
      action={href("/account/questions")}
      aria-labelledby="asked"
      data-guard
      noValidate
    >
      <h2 id="asked">{t("questions.asked", { count: questions.length })}</h2>
      <p>{t("questions.askedLead")}</p>
      {questions.map(({ id, question, documents }) => (
        <div key={id} className="question">
          <TextArea
            form={form}
            name={answerField(id)}
            max={wordLimits.item}
            hint={<span className="question-words">{question}</span>}
          />
          {documents && (
            <p>
              <a href={href(`/account/evidence/${documents.subject}/${documents.claimId ?? "-"}`)}>
                {t("questions.addDocument")}
              </a>{" "}
              <small>{t("questions.addDocumentHint")}</small>
            </p>
          )}
        </div>
      ))}
      <button type="submit">{t("questions.send")}</button>
    </form>
  );
}
