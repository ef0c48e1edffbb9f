import { accountPage } from "#app/account/account-page.tsx";
import { signInForm } from "#components/accounts/plain-form.ts";
import { LinkSent } from "#components/accounts/sign-in-messages.tsx";
import { SignInView } from "#components/accounts/sign-in-view.tsx";
import type { Page } from "#components/ui/page.ts";
import { accountsOpen } from "#lib/auth/ask-auth.ts";
import { linkLife, ownPath } from "#lib/auth/rules.ts";
import { signInForm as shape } from "#lib/auth/schema.ts";
import { sendSignInLink } from "#lib/auth/send-sign-in-link.ts";
import { relyingParty, siteOrigin } from "#lib/auth/site-origin.ts";
import { type FieldErrors, parseForm, type Typed, typedValue } from "#lib/forms/rules.ts";
import { closedAnswer } from "./closed.tsx";

export const { GET, POST } = accountPage({
  access: "anyone",
  get: ({ page, session, query, request }) => {
    if (!accountsOpen()) return closedAnswer(page);
    const to = ownPath(query.get("to"));
    if (session && session.secondFactor !== "needed") return { to };
    if (query.get("sent") === "1") return sent(page);
    return form(page, request, { to });
  },
  post: async ({ page, request, typed }) => {
    if (!accountsOpen()) return closedAnswer(page);
    const to = ownPath(typedValue(typed, "to"));
    const parsed = parseForm(shape, typed);
    if (!parsed.ok) return form(page, request, { to, typed, errors: parsed.errors });
    const origin = siteOrigin(request.headers.get("host"));
    await sendSignInLink({ address: parsed.value.email, to, locale: page.locale, origin });
    return { to: "/sign-in?sent=1" };
  },
});

type Sent = { to: string; typed?: Typed; errors?: FieldErrors };

function form(page: Page, request: Request, { to, ...sentForm }: Sent) {
  const passkeys = relyingParty(request.headers.get("host")) !== null;
  return {
    title: page.t("signIn.title"),
    body: <SignInView form={signInForm(page, sentForm)} to={to} passkeys={passkeys} />,
    status: sentForm.errors ? 422 : 200,
  };
}

function sent(page: Page) {
  const body = <LinkSent page={page} minutes={linkLife.minutes} />;
  return { title: page.t("signIn.sent.title"), body };
}
