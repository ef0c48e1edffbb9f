import { accountPage } from "#app/account/account-page.tsx";
import { DeleteView } from "#components/accounts/delete-view.tsx";
import { settingsForm } from "#components/accounts/plain-form.ts";
import type { Page } from "#components/ui/page.ts";
import { askDeletion } from "#lib/accounts/ask-deletion.ts";
import { deletionForm } from "#lib/accounts/schema.ts";
import { takeBackDeletion } from "#lib/accounts/take-back-deletion.ts";
import type { Session } from "#lib/auth/rules.ts";
import { type FieldErrors, parseForm, typedValue } from "#lib/forms/rules.ts";
import { areOwnDocumentsHeld } from "#lib/holds/queries.ts";

export const { GET, POST } = accountPage({
  access: "signed-in",
  area: "settings",
  get: ({ page, session, query }) => view(page, session, { done: query.get("done") }),
  post: async ({ page, session, typed }) => {
    if (typedValue(typed, "intent") === "take-back") {
      await takeBackDeletion(session);
      return { to: "/account/settings/delete?done=deletion-taken-back" };
    }
    const parsed = parseForm(deletionForm, typed);
    if (!parsed.ok) return view(page, session, { errors: parsed.errors });
    await askDeletion(session, new Date());
    return { to: "/account/settings/delete?done=deletion-asked" };
  },
});

type Shown = { errors?: FieldErrors; done?: string | null };

async function view(page: Page, session: Session, { errors = {}, done = null }: Shown) {
  const form = settingsForm(page, { errors });
  const held = await areOwnDocumentsHeld(session);
  return {
    title: page.t("settings.delete.title"),
    body: <DeleteView form={form} session={session} done={done} held={held} />,
    status: Object.keys(errors).length > 0 ? 422 : 200,
  };
}
