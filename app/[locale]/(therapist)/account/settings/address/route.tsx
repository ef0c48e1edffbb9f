import { accountPage } from "#app/account/account-page.tsx";
import { AddressView } from "#components/accounts/address-view.tsx";
import { settingsForm } from "#components/accounts/plain-form.ts";
import type { Page } from "#components/ui/page.ts";
import { askAddressChange } from "#lib/accounts/ask-address-change.ts";
import { getAccountSettings } from "#lib/accounts/queries.ts";
import { addressForm } from "#lib/accounts/schema.ts";
import type { Session } from "#lib/auth/rules.ts";
import { ConflictError } from "#lib/errors.ts";
import { type FieldErrors, parseForm, type Typed } from "#lib/forms/rules.ts";

export const { GET, POST } = accountPage({
  access: "signed-in",
  area: "settings",
  get: ({ page, session, query }) => view(page, session, { done: query.get("done") }),
  post: async ({ page, session, typed }) => {
    const parsed = parseForm(addressForm, typed);
    if (!parsed.ok) return view(page, session, { typed, errors: parsed.errors, status: 422 });
    const { email } = parsed.value;
    if (email === session.email) {
      return view(page, session, {
        typed,
        errors: { email: { code: "same-address" } },
        status: 422,
      });
    }
    try {
      await askAddressChange(session, email, new Date());
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      return view(page, session, { typed, tooMany: true, status: 429 });
    }
    return { to: "/account/settings/address?done=address-asked" };
  },
});

type Shown = {
  typed?: Typed;
  errors?: FieldErrors;
  done?: string | null;
  tooMany?: boolean;
  status?: number;
};

async function view(page: Page, session: Session, shown: Shown) {
  const { typed = {}, errors = {}, done = null, tooMany = false, status = 200 } = shown;
  const account = await getAccountSettings(session, new Date());
  const form = settingsForm(page, { typed, errors });
  return {
    title: page.t("settings.address.title"),
    body: <AddressView form={form} account={account} done={done} tooMany={tooMany} />,
    status,
  };
}
