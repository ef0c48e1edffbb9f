import { accountPage } from "#app/account/account-page.tsx";
import { ResetView } from "#components/staff/reset-view.tsx";
import { staffForm } from "#components/staff/staff-form.ts";
import type { Page } from "#components/ui/page.ts";
import type { Session } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";
import { type FieldErrors, parseForm, type Typed } from "#lib/forms/rules.ts";
import { getRolePerson } from "#lib/roles/queries.ts";
import { resetSecondFactors } from "#lib/roles/reset-second-factors.ts";
import { resetForm } from "#lib/roles/schema.ts";

type Params = { locale: string; id: string };

export const { GET, POST } = accountPage<readonly ["lead"], Params>({
  access: ["lead"],
  area: "people",
  fresh: true,
  get: ({ page, session, params }) => view(page, session, params.id),
  post: async ({ page, session, params: { id }, typed }) => {
    const parsed = parseForm(resetForm, typed);
    if (!parsed.ok) return view(page, session, id, { typed, errors: parsed.errors });
    await resetSecondFactors(session, { personId: id, ...parsed.value });
    return { to: `/moderation/people/${id}?done=reset` };
  },
});

async function view(
  page: Page,
  session: Session,
  id: string,
  sent?: { typed: Typed; errors: FieldErrors },
) {
  const person = await getRolePerson(session, id);
  if (person.roles.includes("lead")) throw new NotFoundError();
  return {
    title: page.t("roles.reset.title"),
    body: <ResetView form={staffForm(page, sent)} person={person} />,
    status: sent ? 422 : 200,
  };
}
