import { accountPage } from "#app/account/account-page.tsx";
import { PersonView } from "#components/staff/person-view.tsx";
import { staffForm } from "#components/staff/staff-form.ts";
import type { Page } from "#components/ui/page.ts";
import type { Session } from "#lib/auth/rules.ts";
import { ConflictError, type ConflictReason, NotFoundError } from "#lib/errors.ts";
import { parseForm, type Typed } from "#lib/forms/rules.ts";
import { askRoleChange } from "#lib/roles/ask-role-change.ts";
import { getRolePerson } from "#lib/roles/queries.ts";
import { roleReaders } from "#lib/roles/rules.ts";
import { rolesForm } from "#lib/roles/schema.ts";

type Params = { locale: string; id: string };

export const { GET, POST } = accountPage<typeof roleReaders, Params>({
  access: roleReaders,
  area: "people",
  fresh: true,
  get: ({ page, session, params, query }) =>
    view(page, session, params.id, { done: query.get("done") }),
  post: async ({ page, session, params: { id }, typed }) => {
    const parsed = parseForm(rolesForm, typed, { lists: ["roles"] });
    if (!parsed.ok) throw new NotFoundError();
    const { roles, version: seen } = parsed.value;
    try {
      const done = await askRoleChange(session, { personId: id, roles, seen });
      return { to: `/moderation/people/${id}?done=${done}` };
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      return view(page, session, id, { typed, refused: error.reason });
    }
  },
});

type Shown = { typed?: Typed; done?: string | null; refused?: ConflictReason };

async function view(page: Page, session: Session, id: string, shown: Shown) {
  const { typed, done = null, refused } = shown;
  const person = await getRolePerson(session, id);
  const form = staffForm(page, { typed: typed ?? { roles: person.roles } });
  const viewer = { personId: session.personId, isLead: session.roles.includes("lead") };
  const said = {
    done: doneWords(page, done),
    refused: refused && page.t(`forms.broken.${refused}`),
  };
  return {
    title: page.t("roles.person.title"),
    body: <PersonView form={form} person={person} viewer={viewer} said={said} />,
    status: refused ? 409 : 200,
  };
}

/** The word comes from the address, so only those that we know are said. */
function doneWords({ t }: Page, done: string | null) {
  if (done === "reset") return t("roles.reset.done");
  if (done === "proposed" || done === "in-force" || done === "unchanged") {
    return t(`roles.person.done.${done}`);
  }
  return null;
}
