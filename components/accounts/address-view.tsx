import type { AccountSettings } from "#lib/accounts/queries.ts";
import { addressLinkMinutes } from "#lib/accounts/rules.ts";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { TextField } from "../forms/text-field.tsx";
import type { Page } from "../ui/page.ts";
import { BackToSettings, DoneNotice } from "./done-notice.tsx";
import { WaitingAddress } from "./settings-view.tsx";

type AddressViewProps = {
  form: FormView;
  account: AccountSettings;
  done: string | null;
  tooMany: boolean;
};

export function AddressView({ form, account, done, tooMany }: AddressViewProps) {
  const { page } = form;
  const { t, href } = page;
  return (
    <div className="prose">
      <BackToSettings page={page} />
      <DoneNotice page={page} done={done} />
      <ErrorSummary form={form} />
      {tooMany && (
        <p className="notice" role="alert">
          {t("settings.address.tooMany")}
        </p>
      )}
      <h1>{t("settings.address.heading")}</h1>
      <p>{t("settings.address.now", { email: account.email })}</p>
      <WaitingAddress page={page} change={account.addressChange} />
      <p>{t("settings.address.lead", { minutes: addressLinkMinutes })}</p>
      <form method="post" action={href("/account/settings/address")} noValidate>
        <TextField form={form} name="email" type="email" autoComplete="email" max={254} />
        <p>
          <button type="submit">{t("settings.address.send")}</button>
        </p>
      </form>
    </div>
  );
}

type AddressConfirmationProps = {
  page: Page;
  /** `open` asks for the press of a button, with the token of the link. */
  state: { open: string } | "done" | "gone";
};

export function AddressConfirmation({ page, state }: AddressConfirmationProps) {
  const { t, href } = page;
  if (state === "done" || state === "gone") {
    return (
      <div className="prose message">
        <h1>{t(`settings.confirm.${state}`)}</h1>
        <p>{t(`settings.confirm.${state}Lead`)}</p>
        <p>
          <a className="button" href={href("/account/settings")}>
            {t("settings.back")}
          </a>
        </p>
      </div>
    );
  }
  return (
    <div className="prose message">
      <h1>{t("settings.confirm.heading")}</h1>
      <p>{t("settings.confirm.lead")}</p>
      <form method="post" action={href("/account/settings/address/confirm")}>
        <input type="hidden" name="token" value={state.open} />
        <button type="submit">{t("settings.confirm.button")}</button>
      </form>
    </div>
  );
}
