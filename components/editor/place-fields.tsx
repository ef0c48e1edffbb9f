import { locationPrecisions } from "#db/vocabulary.ts";
import type { Term, TermGroup } from "#lib/reference/queries.ts";
import { Choices } from "../forms/choices.tsx";
import type { FormView } from "../forms/form-view.ts";
import { type OptionGroup, SelectField } from "../forms/select-field.tsx";
import { TextField } from "../forms/text-field.tsx";
import { Rows } from "./rows.tsx";
import { TermChoices } from "./term-choices.tsx";

export type PlaceChoices = {
  formats: readonly Term[];
  arrangements: readonly TermGroup[];
  access: readonly TermGroup[];
  languages: readonly TermGroup[];
  fluency: readonly Term[];
  regions: readonly OptionGroup[];
  most: { languages: number; locations: number };
};

export function PlaceFields({ form, choices }: { form: FormView; choices: PlaceChoices }) {
  const { t, locale } = form.page;
  return (
    <>
      <Choices
        form={form}
        name="format"
        kind="checkbox"
        hint={t("editor.hint.format")}
        choices={choices.formats.map(({ id, label }) => ({ value: id, label: label[locale] }))}
      />
      <h2>{t("editor.locationsHeading")}</h2>
      <p className="note">{t("editor.locationsLead")}</p>
      <Rows
        form={form}
        name="locations"
        max={choices.most.locations}
        title={(number) => t("editor.location", { number })}
        add={t("editor.addLocation")}
      >
        {(_, row) => <Location form={form} row={row} regions={choices.regions} />}
      </Rows>
      <h2>{t("editor.languagesHeading")}</h2>
      <Rows
        form={form}
        name="languages"
        max={choices.most.languages}
        title={(number) => t("editor.language", { number })}
        add={t("editor.addLanguage")}
      >
        {(_, row) => (
          <>
            <SelectField
              form={form}
              name={`${row}.id`}
              empty={t("forms.chooseFirst")}
              groups={choices.languages.map((group) => ({
                label: group.label[locale],
                options: group.terms.map(({ id, label }) => ({ value: id, label: label[locale] })),
              }))}
            />
            <SelectField
              form={form}
              name={`${row}.level`}
              empty={t("forms.chooseFirst")}
              options={choices.fluency.map(({ id, label }) => ({
                value: id,
                label: label[locale],
              }))}
            />
          </>
        )}
      </Rows>
      <TermChoices form={form} kind="arrangement" groups={choices.arrangements} />
      <TermChoices form={form} kind="access" groups={choices.access} />
    </>
  );
}

type LocationProps = { form: FormView; row: string; regions: readonly OptionGroup[] };

function Location({ form, row, regions }: LocationProps) {
  const { t } = form.page;
  return (
    <>
      <SelectField
        form={form}
        name={`${row}.region`}
        empty={t("forms.chooseFirst")}
        groups={regions}
      />
      <TextField form={form} name={`${row}.city`} max={120} autoComplete="address-level2" />
      <Choices
        form={form}
        name={`${row}.precision`}
        kind="radio"
        choices={locationPrecisions.toReversed().map((precision) => ({
          value: precision,
          label: t(`editor.precision.${precision}`),
        }))}
      />
      <TextField
        form={form}
        name={`${row}.postcode`}
        max={12}
        optional
        width="short"
        autoComplete="postal-code"
        hint={t("editor.hint.postcode")}
      />
      <TextField
        form={form}
        name={`${row}.address`}
        max={200}
        optional
        autoComplete="street-address"
        hint={t("editor.hint.address")}
      />
    </>
  );
}
