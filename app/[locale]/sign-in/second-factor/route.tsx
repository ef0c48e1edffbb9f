import { accountPage } from "#app/account/account-page.tsx";
import { signInForm } from "#components/accounts/plain-form.ts";
import { SecondFactorView } from "#components/accounts/second-factor-view.tsx";
import type { Page } from "#components/ui/page.ts";
import { passSecondFactor } from "#lib/auth/pass-second-factor.ts";
import { getSecondFactors } from "#lib/auth/queries.ts";
import { ownPath, type Session } from "#lib/auth/rules.ts";
import { codeForm } from "#lib/auth/schema.ts";
import { sessionKeyOf } from "#lib/auth/session-cookie.ts";
import { relyingParty } from "#lib/auth/site-origin.ts";
import { type FieldErrors, parseForm, typedValue } from "#lib/forms/rules.ts";

/** Also for people who have shown one before, where a page wants it shown again. */
export const { GET, POST } = accountPage({
  access: "half-signed-in",
  keepsTyped: false,
  get: ({ page, session, query, request }) => {
    if (session.secondFactor === "not-set-up") return { to: "/account/settings/second-factor" };
    return form(page, session, request, { to: ownPath(query.get("to")) });
  },
  post: async ({ page, session, request, typed }) => {
    const to = ownPath(typedValue(typed, "to"));
    const parsed = parseForm(codeForm, typed);
    if (!parsed.ok) return form(page, session, request, { to, errors: parsed.errors });
    const shown = { code: parsed.value.code, sessionKey: sessionKeyOf(request) };
    const answer = await passSecondFactor(session, shown, new Date());
    if (answer.passed) return { to };
    const code =
      answer.why === "wrong"
        ? { code: "wrong-code" }
        : { code: "wait", values: { minutes: Math.ceil(answer.seconds / 60) } };
    return form(page, session, request, { to, errors: { code } });
  },
});

type Shown = { to: string; errors?: FieldErrors };

async function form(page: Page, session: Session, request: Request, { to, errors = {} }: Shown) {
  const { passkeys } = await getSecondFactors(session.personId);
  const possible = relyingParty(request.headers.get("host")) !== null;
  return {
    title: page.t("signIn.second.title"),
    body: (
      <SecondFactorView
        form={signInForm(page, { errors })}
        to={to}
        passkeys={{ has: passkeys.length > 0, possible }}
      />
    ),
    status: Object.keys(errors).length > 0 ? 422 : 200,
  };
}
