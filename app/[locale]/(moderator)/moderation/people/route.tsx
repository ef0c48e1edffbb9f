import { accountPage } from "#app/account/account-page.tsx";
import { PeopleView } from "#components/staff/people-view.tsx";
import { staffForm } from "#components/staff/staff-form.ts";
import type { Page } from "#components/ui/page.ts";
import type { Session } from "#lib/auth/rules.ts";
import { type FieldErrors, parseForm, type Typed } from "#lib/forms/rules.ts";
import { findPersonId, listStaff, listWaitingChanges } from "#lib/roles/queries.ts";
import { roleReaders } from "#lib/roles/rules.ts";
import { findPersonForm } from "#lib/roles/schema.ts";

export const { GET, POST } = accountPage({
  access: roleReaders,
  area: "people",
  get: ({ page, session }) => view(page, session),
  post: async ({ page, session, typed }) => {
    const parsed = parseForm(findPersonForm, typed);
    if (!parsed.ok) return view(page, session, { typed, errors: parsed.errors });
    const id = await findPersonId(session, parsed.value.email);
    if (id === null)
      return view(page, session, { typed, errors: { email: { code: "no-account" } } });
    return { to: `/moderation/people/${id}` };
  },
});

type Sent = { typed: Typed; errors: FieldErrors };

async function view(page: Page, session: Session, sent?: Sent) {
  const { personId, roles } = session;
  const [staff, waiting] = [await listStaff(session), await listWaitingChanges(session)];
  return {
    title: page.t("roles.title"),
    body: (
      <PeopleView
        form={staffForm(page, sent)}
        staff={staff}
        waiting={waiting}
        viewer={{ personId, isLead: roles.includes("lead") }}
      />
    ),
    status: sent ? 422 : 200,
  };
}
