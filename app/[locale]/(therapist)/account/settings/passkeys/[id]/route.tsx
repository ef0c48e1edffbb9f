import { accountPage } from "#app/account/account-page.tsx";
import { PasskeyView } from "#components/accounts/passkey-view.tsx";
import { settingsForm } from "#components/accounts/plain-form.ts";
import type { Page } from "#components/ui/page.ts";
import { getSecondFactors } from "#lib/auth/queries.ts";
import { removePasskey } from "#lib/auth/remove-passkey.ts";
import { renamePasskey } from "#lib/auth/rename-passkey.ts";
import type { Session } from "#lib/auth/rules.ts";
import { passkeyNameForm } from "#lib/auth/schema.ts";
import { NotFoundError } from "#lib/errors.ts";
import { type FieldErrors, parseForm, type Typed, typedValue } from "#lib/forms/rules.ts";
import { secondSteps } from "../../second-factor/second-steps.tsx";

export const { GET, POST } = accountPage<"signed-in", { locale: string; id: string }>({
  access: "signed-in",
  area: "settings",
  get: ({ page, session, params }) => view(page, session, params.id),
  post: async ({ page, session, params, request, typed }) => {
    const { id } = params;
    if (typedValue(typed, "intent") === "remove") {
      if (!(await removePasskey(session, id))) {
        return secondSteps({ page, session, request, lastOne: true });
      }
      return { to: "/account/settings/second-factor?done=passkey-removed" };
    }
    const parsed = parseForm(passkeyNameForm, typed);
    if (!parsed.ok) return view(page, session, id, { typed, errors: parsed.errors });
    await renamePasskey(session, { id, name: parsed.value.name });
    return { to: "/account/settings/second-factor?done=passkey-renamed" };
  },
});

type Sent = { typed: Typed; errors: FieldErrors };

async function view(page: Page, session: Session, id: string, sent?: Sent) {
  const { passkeys } = await getSecondFactors(session.personId);
  const passkey = passkeys.find((own) => own.id === id);
  if (!passkey) throw new NotFoundError();
  const { name } = passkey;
  const form = settingsForm(page, sent ?? { typed: { name: [name] } });
  return {
    title: page.t("settings.passkey.title"),
    body: <PasskeyView form={form} id={id} name={name} />,
    status: sent ? 422 : 200,
  };
}
