import type { SecondFactors } from "#lib/auth/queries.ts";
import type { FormView } from "../forms/form-view.ts";
import { TextField } from "../forms/text-field.tsx";
import type { Page } from "../ui/page.ts";
import { BackToSettings, DoneNotice } from "./done-notice.tsx";
import { PasskeyButton } from "./passkey-button.tsx";

type SecondStepsViewProps = {
  /** The name of a new passkey. */
  form: FormView;
  factors: SecondFactors;
  /** What stands above all: someone on the staff without a second step, or with only this one. */
  notice: "staff" | "lastOne" | null;
  passkeysPossible: boolean;
  done: string | null;
};

export function SecondStepsView(props: SecondStepsViewProps) {
  const { form, factors, notice, passkeysPossible, done } = props;
  const { page } = form;
  const { t } = page;
  return (
    <div className="prose">
      <BackToSettings page={page} />
      <DoneNotice page={page} done={done} />
      {notice && (
        <p className="notice" role="status">
          {t(`settings.second.${notice}`)}
        </p>
      )}
      <h1>{t("settings.second.heading")}</h1>
      <p className="lead">{t("settings.second.lead")}</p>
      <section aria-labelledby="passkeys">
        <h2 id="passkeys">{t("settings.second.passkeys")}</h2>
        <p>{t("settings.second.passkeysLead")}</p>
        <Passkeys page={page} passkeys={factors.passkeys} />
        <PasskeyButton
          page={page}
          ceremony="add"
          endpoint="/account/settings/passkeys"
          possible={passkeysPossible}
          label={t("settings.second.add")}
        >
          <TextField form={form} name="name" max={60} />
        </PasskeyButton>
      </section>
      <App page={page} since={factors.app} />
      <RecoveryCodes page={page} factors={factors} />
    </div>
  );
}

function Passkeys({ page, passkeys }: { page: Page; passkeys: SecondFactors["passkeys"] }) {
  const { t, day, href } = page;
  if (passkeys.length === 0) return <p>{t("settings.second.none")}</p>;
  return (
    <ul>
      {passkeys.map(({ id, name, createdAt, lastUsedAt }) => (
        <li key={id}>
          <a href={href(`/account/settings/passkeys/${id}`)}>{name}</a>{" "}
          <small>
            {t("settings.second.added", { day: day(createdAt.toISOString()) })},{" "}
            {lastUsedAt
              ? t("settings.second.used", { day: day(lastUsedAt.toISOString()) })
              : t("settings.second.never")}
          </small>
        </li>
      ))}
    </ul>
  );
}

function App({ page, since }: { page: Page; since: Date | null }) {
  const { t, day, href } = page;
  const setUp = href("/account/settings/authenticator");
  return (
    <section aria-labelledby="app">
      <h2 id="app">{t("settings.second.app")}</h2>
      <p>{t("settings.second.appLead")}</p>
      <p>
        {since
          ? t("settings.second.appOn", { day: day(since.toISOString()) })
          : t("settings.second.none")}
      </p>
      <p>
        <a href={setUp}>{t(since ? "settings.second.appReplace" : "settings.second.appSetUp")}</a>
      </p>
      {since && (
        <form method="post" action={href("/account/settings/second-factor")}>
          <input type="hidden" name="intent" value="remove-app" />
          <button type="submit" className="quiet">
            {t("settings.second.appRemove")}
          </button>
        </form>
      )}
    </section>
  );
}

function RecoveryCodes({ page, factors }: { page: Page; factors: SecondFactors }) {
  const { t, href } = page;
  const none = factors.app === null && factors.passkeys.length === 0;
  return (
    <section aria-labelledby="codes">
      <h2 id="codes">{t("settings.second.codes")}</h2>
      {none ? (
        <p>{t("settings.second.codesFirst")}</p>
      ) : (
        <p>
          {t("settings.second.codesLeft", { count: factors.recoveryCodesLeft })}{" "}
          <a href={href("/account/settings/recovery-codes")}>{t("settings.second.codesOpen")}</a>
        </p>
      )}
    </section>
  );
}
