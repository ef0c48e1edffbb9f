import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { TextField } from "../forms/text-field.tsx";
import { PasskeyButton } from "./passkey-button.tsx";

type SecondFactorViewProps = {
  form: FormView;
  to: string;
  passkeys: { has: boolean; possible: boolean };
};

export function SecondFactorView({ form, to, passkeys }: SecondFactorViewProps) {
  const { t, href } = form.page;
  return (
    <div className="prose">
      <ErrorSummary form={form} />
      <h1>{t("signIn.second.heading")}</h1>
      <p className="lead">{t("signIn.second.lead")}</p>
      <form method="post" action={href("/sign-in/second-factor")}>
        <input type="hidden" name="to" value={to} />
        <TextField
          form={form}
          name="code"
          hint={t("signIn.second.codeHint")}
          autoComplete="one-time-code"
          width="middle"
          max={40}
        />
        <p>
          <button type="submit">{t("signIn.second.button")}</button>
        </p>
      </form>
      {passkeys.has && (
        <>
          <h2>{t("signIn.second.or")}</h2>
          <PasskeyButton
            page={form.page}
            ceremony="sign-in"
            endpoint="/sign-in/passkey"
            to={to}
            possible={passkeys.possible}
            label={t("signIn.passkey.button")}
          />
        </>
      )}
    </div>
  );
}
