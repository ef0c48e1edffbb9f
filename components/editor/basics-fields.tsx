import { Checkbox } from "../forms/choices.tsx";
import type { FormView } from "../forms/form-view.ts";
import { SelectField } from "../forms/select-field.tsx";
import { TextField } from "../forms/text-field.tsx";

export function BasicsFields({ form }: { form: FormView }) {
  const { t } = form.page;
  return (
    <>
      <TextField
        form={form}
        name="displayName"
        hint={t("editor.hint.displayName")}
        max={120}
        autoComplete="name"
      />
      <TextField form={form} name="pronouns" hint={t("editor.hint.pronouns")} max={60} optional />
      <TextField form={form} name="headline" hint={t("editor.hint.headline")} max={200} />
      <SelectField
        form={form}
        name="textLocale"
        hint={t("editor.hint.textLocale")}
        options={[
          { value: "en", label: "English" },
          { value: "es", label: "Español" },
        ]}
      />
      <h2>{t("editor.legalHeading")}</h2>
      <TextField
        form={form}
        name="legalName"
        hint={t("editor.hint.legalName")}
        max={160}
        optional
      />
      <TextField
        form={form}
        name="registerNameNote"
        hint={t("editor.hint.registerNameNote")}
        max={200}
        optional
      />
      <h2>{t("editor.searchHeading")}</h2>
      <Checkbox form={form} name="searchEngines" hint={t("editor.hint.searchEngines")} />
    </>
  );
}
