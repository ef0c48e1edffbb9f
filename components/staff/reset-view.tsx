import type { RolePerson } from "#lib/roles/queries.ts";
import { reasonLength } from "#lib/roles/schema.ts";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { TextArea } from "../forms/text-area.tsx";
import { nameOf } from "./role-words.ts";

/** Before all ways in but the mail are taken from somebody. */
export function ResetView({ form, person }: { form: FormView; person: RolePerson }) {
  const { t, href } = form.page;
  const path = `/moderation/people/${person.id}`;
  return (
    <div className="prose staff">
      <p className="back">
        <a href={href(path)}>{nameOf(person)}</a>
      </p>
      <ErrorSummary form={form} />
      <h1>{t("roles.reset.heading")}</h1>
      <p>{t("roles.reset.lead", { name: nameOf(person) })}</p>
      <p>{t("roles.reset.sure")}</p>
      <form method="post" action={href(`${path}/second-factor`)} noValidate>
        <TextArea
          form={form}
          name="reason"
          rows={2}
          min={reasonLength.min}
          max={reasonLength.max}
          hint={t("roles.reset.hint")}
        />
        <button type="submit">{t("roles.reset.button")}</button>
      </form>
    </div>
  );
}
