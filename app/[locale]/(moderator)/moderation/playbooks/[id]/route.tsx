import { accountPage } from "#app/account/account-page.tsx";
import { PlaybookView } from "#components/playbooks/playbook-view.tsx";
import { NotFoundError } from "#lib/errors.ts";
import { getPlaybook, listVersions } from "#lib/playbooks/queries.ts";
import { playbookEditors, playbookReaders } from "#lib/playbooks/rules.ts";
import { findCredentialType } from "#lib/reference/queries.ts";

type Params = { locale: string; id: string };

export const { GET, POST } = accountPage<typeof playbookReaders, Params>({
  access: playbookReaders,
  area: "playbooks",
  get: async ({ page, session, params: { id }, query }) => {
    const playbook = await getPlaybook(id, versionOf(query.get("version")));
    if (!playbook) throw new NotFoundError();
    const credentials = playbook.credentialTypes.map(
      (type) => findCredentialType(type)?.title[page.locale] ?? type,
    );
    return {
      title: playbook.name,
      body: (
        <PlaybookView
          page={page}
          playbook={playbook}
          versions={await listVersions(id)}
          credentials={credentials}
          mayEdit={playbookEditors.some((role) => session.roles.includes(role))}
          saved={query.get("saved") === "1"}
        />
      ),
    };
  },
});

function versionOf(asked: string | null): number | null {
  return asked !== null && /^\d{1,6}$/.test(asked) ? Number(asked) : null;
}
