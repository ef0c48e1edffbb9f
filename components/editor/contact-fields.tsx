import { contactKinds } from "#db/vocabulary.ts";
import type { FormView } from "../forms/form-view.ts";
import { SelectField } from "../forms/select-field.tsx";
import { TextField } from "../forms/text-field.tsx";
import { Rows } from "./rows.tsx";

export function ContactFields({ form, most }: { form: FormView; most: number }) {
  const { t } = form.page;
  return (
    <Rows
      form={form}
      name="ways"
      max={most}
      title={(number) => t("editor.way", { number })}
      add={t("editor.addWay")}
    >
      {(_, row) => (
        <>
          <SelectField
            form={form}
            name={`${row}.kind`}
            empty={t("forms.chooseFirst")}
            options={contactKinds.map((kind) => ({
              value: kind,
              label: t(`contact.kind.${kind}`),
            }))}
          />
          <TextField form={form} name={`${row}.value`} max={300} />
          <TextField
            form={form}
            name={`${row}.note`}
            max={200}
            optional
            hint={t("editor.hint.wayNote")}
          />
        </>
      )}
    </Rows>
  );
}
