import { AccountsClosed } from "#components/accounts/sign-in-messages.tsx";
import type { Page } from "#components/ui/page.ts";

/** What every page of signing in answers where accounts are not switched on. */
export function closedAnswer(page: Page) {
  return {
    title: page.t("signIn.closed.title"),
    body: <AccountsClosed page={page} />,
    status: 503,
  };
}
