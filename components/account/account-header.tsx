import type { Session } from "#lib/auth/rules.ts";
import { OtherLanguage } from "../layout/other-language.tsx";
import { SiteName } from "../layout/site-name.tsx";
import type { Page } from "../ui/page.ts";
import { type StaffArea, StaffNav } from "./staff-nav.tsx";

export type AccountArea =
  | "overview"
  | "profile"
  | "questions"
  | "messages"
  | "settings"
  | StaffArea;

type AccountHeaderProps = { page: Page; session: Session | null; area: AccountArea | null };

export function AccountHeader({ page, session, area }: AccountHeaderProps) {
  const { t, href } = page;
  const current = (name: AccountArea) => (name === area ? ("page" as const) : undefined);
  return (
    <header className="site-header">
      <SiteName page={page} />
      <nav aria-label={t("site.navigation")}>
        {session && (
          <>
            <a href={href("/account")} aria-current={current("overview")}>
              {t("account.nav.overview")}
            </a>
            {session.roles.includes("therapist") && (
              <>
                <a href={href("/account/profile")} aria-current={current("profile")}>
                  {t("account.nav.profile")}
                </a>
                <a href={href("/account/questions")} aria-current={current("questions")}>
                  {t("questions.nav")}
                </a>
                <a href={href("/account/messages")} aria-current={current("messages")}>
                  {t("inbox.title")}
                </a>
              </>
            )}
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
      {session && <StaffNav page={page} session={session} area={area} />}
    </header>
  );
}
