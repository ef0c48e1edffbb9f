import { recoveryCode } from "#lib/auth/rules.ts";
import type { Page } from "../ui/page.ts";

/** @param left how many still work */
export function RecoveryCodesView({ page, left }: { page: Page; left: number }) {
  const { t, href } = page;
  return (
    <div className="prose">
      <p className="back">
        <a href={href("/account/settings/second-factor")}>{t("settings.second.title")}</a>
      </p>
      <h1>{t("settings.codes.heading")}</h1>
      <p>{t("settings.codes.lead")}</p>
      <p>{t("settings.second.codesLeft", { count: left })}</p>
      <form method="post" action={href("/account/settings/recovery-codes")}>
        {left > 0 && <p>{t("settings.codes.replaces")}</p>}
        <button type="submit">{t("settings.codes.make", { count: recoveryCode.count })}</button>
      </form>
    </div>
  );
}

/** Shown in the answer to the form and never again. */
export function NewRecoveryCodes({ page, codes }: { page: Page; codes: readonly string[] }) {
  const { t, href } = page;
  return (
    <div className="prose">
      <h1>{t("settings.codes.heading2")}</h1>
      <p>{t("settings.codes.once")}</p>
      <ol>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p>
        <a className="button" href={href("/account/settings/second-factor")}>
          {t("settings.codes.kept")}
        </a>
      </p>
    </div>
  );
}
