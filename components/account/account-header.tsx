import type { Session } from "#lib/auth/rules.ts";
import { OtherLanguage } from "../layout/other-language.tsx";
import type { Page } from "../ui/page.ts";
import { ParasolMark } from "../ui/parasol-mark.tsx";

export type AccountArea = "overview" | "profile" | "settings";

type AccountHeaderProps = { page: Page; session: Session | null; area: AccountArea | null };

export function AccountHeader({ page, session, area }: AccountHeaderProps) {
  const { t, href, site } = page;
  const current = (name: AccountArea) => (name === area ? ("page" as const) : undefined);
  return (
    <header className="site-header">
      <a className="site-name" href={href("/")}>
        <ParasolMark />
        {site.name}
      </a>
      <nav aria-label={t("site.navigation")}>
        {session && (
          <>
            <a href={href("/account")} aria-current={current("overview")}>
              {t("account.nav.overview")}
            </a>
            <a href={href("/account/profile")} aria-current={current("profile")}>
              {t("account.nav.profile")}
            </a>
            <a href={href("/account/settings")} aria-current={current("settings")}>
              {t("account.nav.settings")}
            </a>
          </>
        )}
        <OtherLanguage page={page} />
        {session && (
          <form method="post" action={href("/sign-out")}>
            <button type="submit" className="plain">
              {t("account.nav.signOut")}
            </button>
          </form>
        )}
      </nav>
    </header>
  );
}
