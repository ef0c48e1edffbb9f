import {
  checkMethods,
  type DecisionAction,
  type DecisionCode,
  sourceTypes,
} from "#db/vocabulary.ts";
import type { CaseDocument } from "#lib/case-files/load-documents.ts";
import { wordLimits } from "#lib/cases/rules.ts";
import { decisionRules } from "#lib/decisions/transitions.ts";
import { Choices } from "../forms/choices.tsx";
import type { FormView } from "../forms/form-view.ts";
import { SelectField } from "../forms/select-field.tsx";
import { TextArea } from "../forms/text-area.tsx";
import { TextField } from "../forms/text-field.tsx";

/** Source, status and dates of a look, and what is said about it, in public and in private. */
export function RecordFields({
  form,
  documents,
}: {
  form: FormView;
  documents: readonly CaseDocument[];
}) {
  const { t } = form.page;
  return (
    <>
      <h3>{t("moderation.look.source")}</h3>
      <TextField form={form} name="authority" max={200} hint={t("moderation.hint.authority")} />
      <div className="pairs">
        <SelectField
          form={form}
          name="sourceType"
          empty={t("forms.chooseFirst")}
          options={sourceTypes.map((type) => ({
            value: type,
            label: t(`record.sourceType.${type}`),
          }))}
        />
        <SelectField
          form={form}
          name="method"
          empty={t("forms.chooseFirst")}
          options={checkMethods.map((method) => ({
            value: method,
            label: t(`record.method.${method}`),
          }))}
        />
      </div>
      <TextField form={form} name="sourceUrl" type="url" max={500} optional />
      {documents.length > 0 && (
        <SelectField
          form={form}
          name="document"
          optional
          empty={t("moderation.look.noDocument")}
          options={documents.map(({ id, fileName }) => ({ value: id, label: fileName }))}
        />
      )}
      <TextField
        form={form}
        name="sourceStatus"
        max={300}
        optional
        hint={t("moderation.hint.sourceStatus")}
      />
      <div className="pairs">
        <TextField form={form} name="sourceAsOf" type="date" optional />
        <TextField form={form} name="issuedOn" type="date" optional />
        <TextField form={form} name="expiresOn" type="date" optional />
        <TextField
          form={form}
          name="validUntil"
          type="date"
          optional
          hint={t("moderation.hint.validUntil")}
        />
      </div>
      <TextArea
        form={form}
        name="conditions"
        max={600}
        rows={2}
        hint={t("moderation.hint.conditions")}
      />
      <TextArea form={form} name="publicNote" max={600} rows={2} optional />
      <TextArea form={form} name="privateNote" max={2000} rows={2} optional />
    </>
  );
}

type DecisionFieldsProps = {
  form: FormView;
  /** Those to choose from; a single one is not asked for. */
  actions: readonly DecisionAction[];
  /** How many different people each takes. */
  people: (action: DecisionAction) => 1 | 2;
};

/** Which decision, by which code, and why in words that the therapist may read. */
export function DecisionFields({ form, actions, people }: DecisionFieldsProps) {
  const { t } = form.page;
  const codesOf = (action: DecisionAction): readonly DecisionCode[] => decisionRules[action].codes;
  const [only] = actions;
  const options = (action: DecisionAction) =>
    codesOf(action).map((code) => ({ value: code, label: t(`decisions.code.${code}`) }));
  const withCodes = actions.filter((action) => codesOf(action).length > 0);
  return (
    <>
      {actions.length > 1 && (
        <Choices
          form={form}
          name="action"
          kind="radio"
          choices={actions.map((action) => ({
            value: action,
            label: t(`decisions.action.${action}`),
            hint: people(action) === 2 ? t("moderation.decide.people", { count: 2 }) : null,
          }))}
        />
      )}
      {actions.length === 1 && <input type="hidden" name="action" value={only} />}
      {withCodes.length > 0 && (
        <SelectField
          form={form}
          name="code"
          empty={t("forms.chooseFirst")}
          groups={withCodes.map((action) => ({
            label: t(`decisions.action.${action}`),
            options: options(action),
          }))}
        />
      )}
      <TextArea
        form={form}
        name="reason"
        max={wordLimits.reason}
        hint={t("moderation.hint.reason")}
      />
    </>
  );
}
