import type { OwnAvailability } from "#lib/availability/queries.ts";
import type { FieldErrors, Typed } from "#lib/forms/rules.ts";
import { Choices } from "../forms/choices.tsx";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { TextField } from "../forms/text-field.tsx";
import type { Page } from "../ui/page.ts";

type ConfirmFormsProps = {
  page: Page;
  availability: OwnAvailability;
  /** After a mistake: what was typed, and what is wrong with it. */
  sent?: { typed: Typed; errors: FieldErrors };
};

/**
 * One button for "still right", and right below it the two fields to change. Both send what the
 * page showed, so nobody confirms what they have not seen.
 */
export function ConfirmForms({ page, availability, sent }: ConfirmFormsProps) {
  const { t } = page;
  const said = saidNow(page, availability);
  const form: FormView = {
    page,
    typed: sent?.typed ?? said,
    errors: sent?.errors ?? {},
    label: (field) =>
      t(field === "accepting" ? "availability.label.accepting" : "availability.label.nextOpening"),
  };
  return (
    <>
      <form method="post">
        {Object.entries(said).map(([name, [value]]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <button type="submit">{t("availability.stillRight")}</button>
      </form>
      <h2>{t("availability.changeHeading")}</h2>
      <ErrorSummary form={form} />
      <form method="post" className="form">
        <Choices
          form={form}
          name="accepting"
          kind="radio"
          choices={[
            { value: "yes", label: t("availability.yes") },
            { value: "no", label: t("availability.no") },
          ]}
        />
        <TextField
          form={form}
          name="nextOpening"
          type="date"
          width="middle"
          optional
          hint={t("availability.nextOpeningHint")}
        />
        <button type="submit">{t("availability.save")}</button>
      </form>
    </>
  );
}

/** As the form would send it. A day that has come is no day to wait for. */
function saidNow(
  { today }: Page,
  { accepting, nextOpening }: OwnAvailability,
): Record<string, readonly string[]> {
  const ahead = accepting && nextOpening !== null && nextOpening > today;
  return { accepting: [accepting ? "yes" : "no"], nextOpening: [ahead ? nextOpening : ""] };
}
