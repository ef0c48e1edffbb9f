import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { TextField } from "../forms/text-field.tsx";
import { PasskeyButton } from "./passkey-button.tsx";

type SignInViewProps = { form: FormView; to: string; passkeys: boolean };

export function SignInView({ form, to, passkeys }: SignInViewProps) {
  const { t, href } = form.page;
  return (
    <div className="prose">
      <ErrorSummary form={form} />
      <h1>{t("signIn.heading")}</h1>
      <p className="lead">{t("signIn.lead")}</p>
      <form method="post" action={href("/sign-in")} noValidate>
        <input type="hidden" name="to" value={to} />
        <TextField form={form} name="email" type="email" autoComplete="email" max={254} />
        <p>
          <button type="submit">{t("signIn.send")}</button>
        </p>
      </form>
      <h2>{t("signIn.passkey.heading")}</h2>
      <p>{t("signIn.passkey.lead")}</p>
      <PasskeyButton
        page={form.page}
        ceremony="sign-in"
        endpoint="/sign-in/passkey"
        to={to}
        possible={passkeys}
        label={t("signIn.passkey.button")}
      />
      <p className="note">{t("signIn.readers")}</p>
    </div>
  );
}
