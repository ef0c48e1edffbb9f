import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { TextField } from "../forms/text-field.tsx";

type PasskeyViewProps = { form: FormView; id: string; name: string };

export function PasskeyView({ form, id, name }: PasskeyViewProps) {
  const { t, href } = form.page;
  const action = href(`/account/settings/passkeys/${id}`);
  return (
    <div className="prose">
      <p className="back">
        <a href={href("/account/settings/second-factor")}>{t("settings.second.title")}</a>
      </p>
      <ErrorSummary form={form} />
      <h1>{name}</h1>
      <form method="post" action={action}>
        <input type="hidden" name="intent" value="rename" />
        <TextField form={form} name="name" max={60} />
        <p>
          <button type="submit">{t("settings.passkey.rename")}</button>
        </p>
      </form>
      <h2>{t("settings.passkey.removeHeading")}</h2>
      <p>{t("settings.passkey.removeLead")}</p>
      <form method="post" action={action}>
        <input type="hidden" name="intent" value="remove" />
        <button type="submit" className="quiet">
          {t("settings.passkey.remove")}
        </button>
      </form>
    </div>
  );
}
