import { statementAnswers } from "#db/vocabulary.ts";
import { typedValue } from "#lib/forms/rules.ts";
import type { PracticeStatement, Term, TermGroup } from "#lib/reference/queries.ts";
import { saysLittle } from "#lib/revisions/rules.ts";
import { Choices } from "../forms/choices.tsx";
import type { FormView } from "../forms/form-view.ts";
import { SelectField } from "../forms/select-field.tsx";
import { TextArea } from "../forms/text-area.tsx";

export type PracticeChoices = {
  statements: readonly { group: string; items: readonly PracticeStatement[] }[];
  limits: { minChars: number; maxChars: number };
  contexts: readonly TermGroup[];
  experience: readonly Term[];
};

export function PracticeFields({ form, choices }: { form: FormView; choices: PracticeChoices }) {
  const { t, locale } = form.page;
  return (
    <>
      <p>{t("editor.practiceGuide")}</p>
      {choices.statements.map(({ group, items }) => (
        <section key={group}>
          <h2>{group}</h2>
          {items.map((statement) => (
            <Statement
              key={statement.id}
              form={form}
              statement={statement}
              limits={choices.limits}
            />
          ))}
        </section>
      ))}
      <h2>{t("editor.contextsHeading")}</h2>
      <p className="note">{t("editor.contextsLead")}</p>
      {choices.contexts.map((group) => (
        <details
          key={group.id}
          open={group.terms.some(({ id }) => typedValue(form.typed, `work-${id}`)) || undefined}
        >
          <summary>{group.label[locale]}</summary>
          <div className="pairs">
            {group.terms.map(({ id }) => (
              <SelectField
                key={id}
                form={form}
                name={`work-${id}`}
                empty={t("editor.notSaid")}
                options={choices.experience.map((level) => ({
                  value: level.id,
                  label: level.label[locale],
                }))}
              />
            ))}
          </div>
        </details>
      ))}
    </>
  );
}

type StatementProps = {
  form: FormView;
  statement: PracticeStatement;
  limits: PracticeChoices["limits"];
};

/** Our statement, their answer, and the question that asks for their own words. */
function Statement({ form, statement, limits }: StatementProps) {
  const { t, locale } = form.page;
  const words = `words-${statement.id}`;
  const little = saysLittle(typedValue(form.typed, words));
  return (
    <div className="statement-fields">
      <Choices
        form={form}
        name={`answer-${statement.id}`}
        kind="radio"
        hint={statement.core ? t("editor.core") : t("editor.notCore")}
        choices={statementAnswers.map((answer) => ({
          value: answer,
          label: t(`profile.answer.${answer}`),
        }))}
      />
      <TextArea
        form={form}
        name={words}
        min={limits.minChars}
        max={limits.maxChars}
        rows={3}
        hint={
          little ? <strong className="nudge">{t("editor.nudge")}</strong> : statement.prompt[locale]
        }
      />
    </div>
  );
}
