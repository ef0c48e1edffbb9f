import { accountPage } from "#app/account/account-page.tsx";
import { AddressConfirmation } from "#components/accounts/address-view.tsx";
import type { Page } from "#components/ui/page.ts";
import { confirmAddressChange } from "#lib/accounts/confirm-address-change.ts";
import { isAddressLinkGood } from "#lib/accounts/queries.ts";
import { accountsOpen } from "#lib/auth/ask-auth.ts";
import { NotFoundError } from "#lib/errors.ts";
import { typedValue } from "#lib/forms/rules.ts";

/** Open without signing in: whoever reads the mail of an address may answer for it. */
export const { GET, POST } = accountPage({
  access: "anyone",
  area: "settings",
  keepsTyped: false,
  get: async ({ page, query }) => {
    if (!accountsOpen()) throw new NotFoundError();
    const token = query.get("token") ?? "";
    return answer(page, (await isAddressLinkGood(token, new Date())) ? { open: token } : "gone");
  },
  post: async ({ page, typed }) => {
    if (!accountsOpen()) throw new NotFoundError();
    const confirmed = await confirmAddressChange(typedValue(typed, "token"), new Date());
    return answer(page, confirmed ? "done" : "gone");
  },
});

function answer(page: Page, state: { open: string } | "done" | "gone") {
  return {
    title: page.t("settings.confirm.title"),
    body: <AddressConfirmation page={page} state={state} />,
    status: state === "gone" ? 410 : 200,
  };
}
