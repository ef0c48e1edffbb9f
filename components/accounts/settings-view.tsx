import type { AccountSettings } from "#lib/accounts/queries.ts";
import { deletionDay } from "#lib/accounts/rules.ts";
import type { SecondFactors } from "#lib/auth/queries.ts";
import type { FormView } from "../forms/form-view.ts";
import { SelectField } from "../forms/select-field.tsx";
import { Notice } from "../ui/notice.tsx";
import type { Page } from "../ui/page.ts";
import { DoneNotice } from "./done-notice.tsx";

type SettingsViewProps = {
  language: FormView;
  account: AccountSettings;
  factors: SecondFactors;
  done: string | null;
};

export function SettingsView({ language, account, factors, done }: SettingsViewProps) {
  const { page } = language;
  const { t, href } = page;
  return (
    <div className="prose">
      <DoneNotice page={page} done={done} />
      <h1>{t("settings.heading")}</h1>
      {account.deletionAskedAt && <Leaving page={page} askedAt={account.deletionAskedAt} />}
      <Address page={page} account={account} />
      <SecondStep page={page} factors={factors} />
      <section aria-labelledby="language">
        <h2 id="language">{t("settings.language.heading")}</h2>
        <form method="post" action={href("/account/settings")}>
          <input type="hidden" name="intent" value="language" />
          <SelectField
            form={language}
            name="locale"
            options={(["en", "es"] as const).map((value) => ({
              value,
              label: t(`settings.language.${value}`),
            }))}
          />
          <p>
            <button type="submit" className="quiet">
              {t("settings.language.save")}
            </button>
          </p>
        </form>
      </section>
      <section aria-labelledby="sessions">
        <h2 id="sessions">{t("settings.sessions.heading")}</h2>
        <p>
          {t("settings.sessions.count", { count: account.sessions })} {t("settings.sessions.lead")}
        </p>
        <form method="post" action={href("/account/settings")}>
          <input type="hidden" name="intent" value="sign-out-everywhere" />
          <button type="submit" className="quiet">
            {t("settings.sessions.end")}
          </button>
        </form>
      </section>
      <section aria-labelledby="data">
        <h2 id="data">{t("settings.data.heading")}</h2>
        <p>{t("settings.data.lead")}</p>
        <form method="post" action={href("/account/settings/download")}>
          <button type="submit" className="quiet">
            {t("settings.data.download")}
          </button>
        </form>
      </section>
      <section aria-labelledby="delete">
        <h2 id="delete">{t("settings.delete.heading")}</h2>
        <p>
          <a href={href("/account/settings/delete")}>{t("settings.delete.open")}</a>
        </p>
      </section>
    </div>
  );
}

function Leaving({ page, askedAt }: { page: Page; askedAt: Date }) {
  const { t, day, href } = page;
  return (
    <Notice id="leaving" heading={t("settings.delete.asked", { day: day(deletionDay(askedAt)) })}>
      <p>
        <a href={href("/account/settings/delete")}>{t("settings.delete.takeBack")}</a>
      </p>
    </Notice>
  );
}

function Address({ page, account }: { page: Page; account: AccountSettings }) {
  const { t, href } = page;
  return (
    <section aria-labelledby="address">
      <h2 id="address">{t("settings.address.heading")}</h2>
      <p>
        {t("settings.address.now", { email: account.email })}{" "}
        <a href={href("/account/settings/address")}>{t("settings.address.change")}</a>
      </p>
      <WaitingAddress page={page} change={account.addressChange} />
    </section>
  );
}

type WaitingAddressProps = { page: Page; change: AccountSettings["addressChange"] };

export function WaitingAddress({ page, change }: WaitingAddressProps) {
  if (!change) return null;
  const { newEmail: email, oldConfirmedAt, newConfirmedAt } = change;
  const said = (at: Date | null) => (at ? "yes" : "no");
  return (
    <p>
      {page.t("settings.address.waiting", {
        email,
        old: said(oldConfirmedAt),
        new: said(newConfirmedAt),
      })}
    </p>
  );
}

function SecondStep({ page, factors }: { page: Page; factors: SecondFactors }) {
  const { t, href } = page;
  const { app, passkeys } = factors;
  const none = app === null && passkeys.length === 0;
  return (
    <section aria-labelledby="second">
      <h2 id="second">{t("settings.second.heading")}</h2>
      <p>
        {none
          ? t("settings.second.none")
          : t("settings.second.summary", { passkeys: passkeys.length, app: app ? "yes" : "no" })}
      </p>
      <p>
        <a href={href("/account/settings/second-factor")}>{t("settings.second.open")}</a>
      </p>
    </section>
  );
}
