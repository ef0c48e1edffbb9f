import { accountPage } from "#app/account/account-page.tsx";
import { PlaybookForm } from "#components/playbooks/playbook-form.tsx";
import type { Page } from "#components/ui/page.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import {
  changeRows,
  type FieldErrors,
  parseForm,
  rowsIntent,
  type Typed,
} from "#lib/forms/rules.ts";
import { editPlaybook } from "#lib/playbooks/edit-playbook.ts";
import { getPlaybook } from "#lib/playbooks/queries.ts";
import { playbookEditors } from "#lib/playbooks/rules.ts";
import {
  contentOf,
  most,
  playbookForm,
  playbookLayout,
  typedContent,
} from "#lib/playbooks/schema.ts";
import { listCredentialTypes, listRegions } from "#lib/reference/queries.ts";

type Params = { locale: string; id: string };

const schema = playbookForm({
  credentialTypes: listCredentialTypes().map(({ id }) => id),
  regions: listRegions().map(({ code }) => code),
});

export const { GET, POST } = accountPage<typeof playbookEditors, Params>({
  access: playbookEditors,
  area: "playbooks",
  get: ({ page, params }) => view(page, params.id),
  post: async ({ page, session, params: { id }, typed }) => {
    const intent = rowsIntent(typed);
    if (intent?.rows === "statusWords") {
      return view(page, id, { typed: changeRows(typed, intent, "word", most.words) });
    }
    const parsed = parseForm(schema, typed, playbookLayout);
    if (!parsed.ok) return view(page, id, { typed, errors: parsed.errors, status: 422 });
    const { version: seenVersion, reason } = parsed.value;
    try {
      await editPlaybook(session, { id, seenVersion, content: contentOf(parsed.value), reason });
      return { to: `/moderation/playbooks/${id}?saved=1` };
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      return view(page, id, { typed, conflict: true, status: 409 });
    }
  },
});

type Shown = { typed?: Typed; errors?: FieldErrors; conflict?: boolean; status?: number };

async function view(page: Page, id: string, shown: Shown = {}) {
  const { typed, errors = {}, conflict = false, status = 200 } = shown;
  const playbook = await getPlaybook(id);
  if (!playbook) throw new NotFoundError();
  const { version } = playbook;
  const say = page.t as unknown as (key: string) => string;
  const form = {
    page,
    typed: typed ?? typedContent(playbook, version),
    errors,
    label: (field: string) => say(`playbooks.field.${field}`),
  };
  return {
    title: page.t("playbooks.editTitle"),
    body: (
      <PlaybookForm
        form={form}
        id={id}
        // After a conflict the next save is meant to come after what the other one wrote.
        version={typed && !conflict ? seenIn(typed, version) : version}
        conflict={conflict}
        credentialTypes={listCredentialTypes().map((type) => ({
          value: type.id,
          label: type.title[page.locale],
        }))}
      />
    ),
    status,
  };
}

/** A mistake elsewhere in the form must not hide that someone else has written meanwhile. */
function seenIn(typed: Typed, newest: number): number {
  const seen = Number(typed.version?.at(-1));
  return Number.isInteger(seen) && seen > 0 && seen <= newest ? seen : newest;
}
