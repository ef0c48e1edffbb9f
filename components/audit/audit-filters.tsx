import type { FormView } from "../forms/form-view.ts";
import { TextField } from "../forms/text-field.tsx";

/** Which events to show; the address holds it, so that a search can be kept. */
export function AuditFilterForm({ form }: { form: FormView }) {
  const { t, href } = form.page;
  return (
    <form method="get" action={href("/moderation/audit")} aria-labelledby="find">
      <h2 id="find">{t("audit.filters.heading")}</h2>
      <div className="audit-filters">
        <TextField form={form} name="verb" max={80} hint={t("audit.filters.verbHint")} />
        <TextField form={form} name="who" max={120} hint={t("audit.filters.whoHint")} />
        <TextField form={form} name="kind" max={80} hint={t("audit.filters.kindHint")} />
        <TextField form={form} name="subject" max={120} />
        <TextField form={form} name="from" type="date" />
        <TextField form={form} name="to" type="date" />
      </div>
      <p className="buttons">
        <button type="submit">{t("audit.filters.show")}</button>{" "}
        <a href={href("/moderation/audit")}>{t("audit.filters.all")}</a>
      </p>
    </form>
  );
}
