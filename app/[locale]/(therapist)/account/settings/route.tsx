import { accountPage } from "#app/account/account-page.tsx";
import { seeOther } from "#app/account/respond.tsx";
import { settingsForm } from "#components/accounts/plain-form.ts";
import { SettingsView } from "#components/accounts/settings-view.tsx";
import { getAccountSettings } from "#lib/accounts/queries.ts";
import { mailLanguageForm } from "#lib/accounts/schema.ts";
import { setMailLanguage } from "#lib/accounts/set-mail-language.ts";
import { endAllSessions } from "#lib/auth/end-all-sessions.ts";
import { getSecondFactors } from "#lib/auth/queries.ts";
import { endedSessionCookie } from "#lib/auth/session-cookie.ts";
import { BodyError } from "#lib/errors.ts";
import { parseForm, typedValue } from "#lib/forms/rules.ts";

export const { GET, POST } = accountPage({
  access: "signed-in",
  area: "settings",
  get: async ({ page, session, query }) => {
    const account = await getAccountSettings(session, new Date());
    const factors = await getSecondFactors(session.personId);
    const language = settingsForm(page, { typed: { locale: [account.locale] } });
    const done = query.get("done");
    return {
      title: page.t("settings.title"),
      body: <SettingsView language={language} account={account} factors={factors} done={done} />,
    };
  },
  post: async ({ page, session, typed }) => {
    const intent = typedValue(typed, "intent");
    if (intent === "sign-out-everywhere") {
      await endAllSessions(session);
      return seeOther(page.href("/sign-in"), { cookies: [endedSessionCookie] });
    }
    const parsed = parseForm(mailLanguageForm, typed);
    // There are two languages to choose from: anything else was not sent by our form.
    if (intent !== "language" || !parsed.ok) throw new BodyError("no-form");
    await setMailLanguage(session, parsed.value.locale);
    return { to: "/account/settings?done=language" };
  },
});
