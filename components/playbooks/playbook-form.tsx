import { suggestions } from "#lib/playbooks/rules.ts";
import { most } from "#lib/playbooks/schema.ts";
import { Rows } from "../editor/rows.tsx";
import { Choices } from "../forms/choices.tsx";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { type Option, SelectField } from "../forms/select-field.tsx";
import { TextArea } from "../forms/text-area.tsx";
import { TextField } from "../forms/text-field.tsx";

type PlaybookFormProps = {
  form: FormView;
  id: string;
  /** The version in use, which the new one comes after. */
  version: number;
  /** Someone else has just written it. */
  conflict: boolean;
  credentialTypes: readonly Option[];
};

export function PlaybookForm({ form, id, version, ...shown }: PlaybookFormProps) {
  const { t, href } = form.page;
  const { conflict, credentialTypes } = shown;
  const path = `/moderation/playbooks/${id}`;
  return (
    <div className="prose editor">
      <p className="back">
        <a href={href(path)}>{t("playbooks.back")}</a>
      </p>
      <ErrorSummary form={form} />
      {conflict && (
        <p className="notice wrong" role="alert" data-focus tabIndex={-1}>
          {t("playbooks.conflict", { version })}{" "}
          <a href={href(path)} target="_blank" rel="noopener">
            {t("playbooks.seeTheirs", { version })}
          </a>
        </p>
      )}
      <h1>{t("playbooks.editTitle")}</h1>
      <p className="lead">{t("playbooks.editLead", { version: version + 1 })}</p>
      <form method="post" action={href(`${path}/edit`)} data-guard noValidate>
        {/* So that Enter saves, and does not press the first button of a row. */}
        <button type="submit" className="unseen" tabIndex={-1} aria-hidden="true" />
        <input type="hidden" name="version" value={version} />
        <TextField form={form} name="name" max={most.name} />
        <TextField
          form={form}
          name="url"
          type="url"
          max={most.url}
          optional
          hint={t("playbooks.hint.url")}
        />
        <TextField
          form={form}
          name="jurisdictions"
          max={most.places}
          hint={t("playbooks.hint.jurisdictions")}
        />
        <Texts form={form} />
        <StatusWordRows form={form} />
        <details>
          <summary>{t("playbooks.field.credentialTypes")}</summary>
          <Choices
            form={form}
            name="credentialTypes"
            kind="checkbox"
            quietLegend
            hint={t("playbooks.hint.credentialTypes")}
            choices={credentialTypes}
          />
        </details>
        <TextField form={form} name="reason" max={most.reason} hint={t("playbooks.hint.reason")} />
        <p className="buttons">
          <button type="submit">{t("playbooks.save")}</button>
        </p>
      </form>
    </div>
  );
}

const texts = [
  { field: "steps", max: most.steps, rows: 10, hint: "playbooks.hint.steps" },
  { field: "idFormat", max: most.format, rows: 2, hint: null },
  { field: "callBack", max: most.callBack, rows: 5, hint: null },
] as const;

function Texts({ form }: { form: FormView }) {
  const { t } = form.page;
  return texts.flatMap(({ field, max, rows, hint }) =>
    (["En", "Es"] as const).map((language) => (
      <TextArea
        key={field + language}
        form={form}
        name={field + language}
        max={max}
        rows={rows}
        lang={language.toLowerCase()}
        optional={field !== "steps"}
        hint={hint && language === "En" ? t(hint) : undefined}
      />
    )),
  );
}

function StatusWordRows({ form }: { form: FormView }) {
  const { t } = form.page;
  const options = suggestions.map((value) => ({ value, label: t(`decisions.action.${value}`) }));
  return (
    <>
      <h2>{t("playbooks.status")}</h2>
      <Rows
        form={form}
        name="statusWords"
        max={most.words}
        title={(number) => t("playbooks.statusWord", { number })}
        add={t("playbooks.addWord")}
      >
        {(_, row) => (
          <>
            <div className="pairs">
              <TextField form={form} name={`${row}.word`} max={most.word} />
              <SelectField
                form={form}
                name={`${row}.suggests`}
                empty={t("playbooks.suggestsNothing")}
                options={options}
              />
            </div>
            <TextField form={form} name={`${row}.meaningEn`} max={most.meaning} />
            <TextField form={form} name={`${row}.meaningEs`} max={most.meaning} />
          </>
        )}
      </Rows>
    </>
  );
}
