import type { TotpOffer } from "#lib/auth/offer-totp.ts";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { TextField } from "../forms/text-field.tsx";
import { QrCode } from "./qr-code.tsx";

type AuthenticatorViewProps = {
  form: FormView;
  offer: TotpOffer;
  /** The picture before this one was too old. */
  expired: boolean;
};

export function AuthenticatorView({ form, offer, expired }: AuthenticatorViewProps) {
  const { t, href } = form.page;
  return (
    <div className="prose">
      <p className="back">
        <a href={href("/account/settings/second-factor")}>{t("settings.second.title")}</a>
      </p>
      {expired && (
        <p className="notice" role="alert">
          {t("settings.app.expired")}
        </p>
      )}
      <ErrorSummary form={form} />
      <h1>{t("settings.app.heading")}</h1>
      <p>{t("settings.app.lead")}</p>
      <QrCode text={offer.address} label={t("settings.app.picture")} />
      <p>
        {t("settings.app.type")} <code>{offer.secret.match(/.{1,4}/g)?.join(" ")}</code>
      </p>
      <form method="post" action={href("/account/settings/authenticator")}>
        <input type="hidden" name="offer" value={offer.sealed} />
        <TextField
          form={form}
          name="code"
          hint={t("settings.app.codeHint")}
          autoComplete="one-time-code"
          inputMode="numeric"
          width="short"
          max={10}
        />
        <p>
          <button type="submit">{t("settings.app.button")}</button>
        </p>
      </form>
    </div>
  );
}
