import { workerLedAnswers } from "#db/vocabulary.ts";
import { typedValue } from "#lib/forms/rules.ts";
import type { CatalogueTraining, Term } from "#lib/reference/queries.ts";
import { Choices } from "../forms/choices.tsx";
import type { FormView } from "../forms/form-view.ts";
import { SelectField } from "../forms/select-field.tsx";
import { TextField } from "../forms/text-field.tsx";
import { Rows } from "./rows.tsx";

export type TrainingChoices = {
  catalogue: readonly CatalogueTraining[];
  kinds: readonly Term[];
  most: number;
};

export function TrainingFields({ form, choices }: { form: FormView; choices: TrainingChoices }) {
  const { t } = form.page;
  return (
    <>
      <p>{t("editor.trainingsGuide")}</p>
      <Rows
        form={form}
        name="trainings"
        max={choices.most}
        title={(number) => t("editor.training", { number })}
        add={t("editor.addTraining")}
      >
        {(_, row) => <Training form={form} row={row} choices={choices} />}
      </Rows>
    </>
  );
}

type TrainingProps = { form: FormView; row: string; choices: TrainingChoices };

function Training({ form, row, choices }: TrainingProps) {
  const { t, locale, href } = form.page;
  const id = typedValue(form.typed, `${row}.id`);
  return (
    <>
      <input type="hidden" name={`${row}.id`} value={id} />
      <SelectField
        form={form}
        name={`${row}.catalogueId`}
        hint={t("editor.hint.catalogue")}
        empty={t("editor.notInCatalogue")}
        options={choices.catalogue.map((course) => ({
          value: course.id,
          label: `${course.title} (${course.provider})`,
        }))}
      />
      <TextField form={form} name={`${row}.title`} max={200} hint={t("editor.hint.ownTitle")} />
      <TextField form={form} name={`${row}.provider`} max={200} />
      <SelectField
        form={form}
        name={`${row}.kind`}
        empty={t("forms.chooseFirst")}
        options={choices.kinds.map((kind) => ({ value: kind.id, label: kind.label[locale] }))}
      />
      <Choices
        form={form}
        name={`${row}.workerLed`}
        kind="radio"
        choices={workerLedAnswers.map((answer) => ({
          value: answer,
          label: t(`editor.workerLed.${answer}`),
        }))}
      />
      <div className="pairs">
        <TextField form={form} name={`${row}.year`} inputMode="numeric" width="short" />
        <TextField form={form} name={`${row}.finishedOn`} type="date" width="middle" optional />
        <TextField form={form} name={`${row}.hours`} inputMode="numeric" width="short" optional />
        <TextField
          form={form}
          name={`${row}.expiresOn`}
          type="date"
          width="middle"
          optional
          hint={t("editor.hint.trainingExpires")}
        />
      </div>
      <TextField
        form={form}
        name={`${row}.topics`}
        max={300}
        optional
        hint={t("editor.hint.topics")}
      />
      {id && (
        <p>
          <a href={href(`/account/evidence/training/${id}`)}>{t("editor.certificate")}</a>
        </p>
      )}
    </>
  );
}
