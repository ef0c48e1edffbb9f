import { type AccountAnswer, accountPage } from "#app/account/account-page.tsx";
import { ConfirmLinkView, DeadLink } from "#components/availability/confirm-link-view.tsx";
import type { Page } from "#components/ui/page.ts";
import { confirmByLink } from "#lib/availability/confirm-by-link.ts";
import { linkState } from "#lib/availability/queries.ts";
import { availabilityForm } from "#lib/availability/schema.ts";
import { type FieldErrors, parseForm, type Typed } from "#lib/forms/rules.ts";

type Params = { locale: string; token: string };

/** From a mail, without signing in. Looking changes nothing: mail scanners look at every link. */
export const { GET, POST } = accountPage<"anyone", Params>({
  access: "anyone",
  get: ({ page, params }) => view(page, params.token),
  post: async ({ page, params, typed }) => {
    const parsed = parseForm(availabilityForm, typed);
    if (!parsed.ok) return view(page, params.token, { typed, errors: parsed.errors });
    const outcome = await confirmByLink(params.token, parsed.value);
    return outcome === "confirmed" ? { to: "/confirm/done" } : view(page, params.token);
  },
});

async function view(
  page: Page,
  token: string,
  sent?: { typed: Typed; errors: FieldErrors },
): Promise<AccountAnswer> {
  const link = await linkState(token, page.today);
  const title = page.t("availability.link.title");
  if (link.state !== "open") {
    return { title, body: <DeadLink page={page} why={link.state} />, status: 410 };
  }
  const { availability } = link;
  const body = <ConfirmLinkView page={page} availability={availability} {...(sent && { sent })} />;
  return { title, body, status: sent ? 422 : 200 };
}
