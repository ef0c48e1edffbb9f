import type { TermGroup } from "#lib/reference/queries.ts";
import { currencies } from "#lib/revisions/rules.ts";
import { Choices } from "../forms/choices.tsx";
import type { FormView } from "../forms/form-view.ts";
import { SelectField } from "../forms/select-field.tsx";
import { TextField } from "../forms/text-field.tsx";
import { TermChoices } from "./term-choices.tsx";

export function FeeFields({ form, groups }: { form: FormView; groups: readonly TermGroup[] }) {
  const { t } = form.page;
  return (
    <>
      <div className="pairs">
        <TextField form={form} name="feeMin" inputMode="numeric" width="short" />
        <TextField form={form} name="feeMax" inputMode="numeric" width="short" optional />
        <SelectField
          form={form}
          name="feeCurrency"
          empty={t("forms.chooseFirst")}
          options={currencies.map((code) => ({ value: code, label: code }))}
        />
        <TextField form={form} name="feeMinutes" inputMode="numeric" width="short" />
      </div>
      <TextField
        form={form}
        name="slidingMin"
        inputMode="numeric"
        width="short"
        optional
        hint={t("editor.hint.sliding")}
      />
      <Choices
        form={form}
        name="slidingPlacesOpen"
        kind="radio"
        choices={(["yes", "no"] as const).map((value) => ({ value, label: t(`editor.${value}`) }))}
      />
      <TermChoices form={form} kind="fee" groups={groups} hint={t("editor.hint.fee")} />
    </>
  );
}
