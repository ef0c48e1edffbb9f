import { accountPage } from "#app/account/account-page.tsx";
import { seeOther } from "#app/account/respond.tsx";
import { ConfirmLink, LinkGone } from "#components/accounts/sign-in-messages.tsx";
import type { Page } from "#components/ui/page.ts";
import { accountsOpen } from "#lib/auth/ask-auth.ts";
import { isLinkGood } from "#lib/auth/queries.ts";
import { linkLife, ownPath } from "#lib/auth/rules.ts";
import { sessionTokenOf } from "#lib/auth/session-cookie.ts";
import { spendSignInLink } from "#lib/auth/spend-sign-in-link.ts";
import { typedValue } from "#lib/forms/rules.ts";
import { closedAnswer } from "../closed.tsx";

export const { GET, POST } = accountPage({
  access: "anyone",
  keepsTyped: false,
  get: async ({ page, query }) => {
    if (!accountsOpen()) return closedAnswer(page);
    const token = query.get("token") ?? "";
    if (!(await isLinkGood(token, new Date()))) return gone(page);
    const to = ownPath(query.get("to"));
    const title = page.t("signIn.confirm.title");
    return { title, body: <ConfirmLink page={page} token={token} to={to} /> };
  },
  post: async ({ page, typed, request }) => {
    if (!accountsOpen()) return closedAnswer(page);
    const token = typedValue(typed, "token");
    const oldSession = sessionTokenOf(request);
    const cookies = await spendSignInLink({ token, locale: page.locale, oldSession });
    if (!cookies) return gone(page);
    return seeOther(page.href(ownPath(typedValue(typed, "to"))), { cookies });
  },
});

function gone(page: Page) {
  const body = <LinkGone page={page} minutes={linkLife.minutes} />;
  return { title: page.t("signIn.gone.title"), body, status: 410 };
}
