import { accountPage } from "#app/account/account-page.tsx";
import { AuthenticatorView } from "#components/accounts/authenticator-view.tsx";
import { settingsForm } from "#components/accounts/plain-form.ts";
import type { Page } from "#components/ui/page.ts";
import { confirmTotp } from "#lib/auth/confirm-totp.ts";
import { offerTotp, openTotpOffer, type TotpOffer } from "#lib/auth/offer-totp.ts";
import { codeForm } from "#lib/auth/schema.ts";
import { sessionKeyOf } from "#lib/auth/session-cookie.ts";
import { type FieldErrors, parseForm, typedValue } from "#lib/forms/rules.ts";

export const { GET, POST } = accountPage({
  access: "signed-in",
  area: "settings",
  keepsTyped: false,
  get: ({ page, session }) => view(page, offerTotp(session, new Date())),
  post: async ({ page, session, request, typed }) => {
    const now = new Date();
    const offer = openTotpOffer(session, typedValue(typed, "offer"), now);
    if (!offer) return view(page, offerTotp(session, now), { expired: true });
    const parsed = parseForm(codeForm, typed);
    if (!parsed.ok) return view(page, offer, { errors: parsed.errors });
    const { code } = parsed.value;
    const sessionKey = sessionKeyOf(request);
    if (!(await confirmTotp(session, { offer, code, sessionKey }, now))) {
      return view(page, offer, { errors: { code: { code: "wrong-code" } } });
    }
    return { to: "/account/settings/second-factor?done=app-added" };
  },
});

type Shown = { errors?: FieldErrors; expired?: boolean };

function view(page: Page, offer: TotpOffer, { errors = {}, expired = false }: Shown = {}) {
  const form = settingsForm(page, { errors });
  return {
    title: page.t("settings.app.title"),
    body: <AuthenticatorView form={form} offer={offer} expired={expired} />,
    status: expired || Object.keys(errors).length > 0 ? 422 : 200,
  };
}
