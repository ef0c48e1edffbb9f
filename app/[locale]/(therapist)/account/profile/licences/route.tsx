import { accountPage } from "#app/account/account-page.tsx";
import { fieldLabel } from "#app/account/topic-page.tsx";
import { credentialText } from "#app/reader/profile-page.ts";
import { LicencesView } from "#components/editor/licences-view.tsx";
import type { Page } from "#components/ui/page.ts";
import { saveInsurance } from "#lib/credentials/save-insurance.ts";
import { insuranceForm } from "#lib/credentials/schema.ts";
import { ConflictError } from "#lib/errors.ts";
import { type FieldErrors, parseForm, type Typed } from "#lib/forms/rules.ts";
import { findCredentialType } from "#lib/reference/queries.ts";
import { type ClaimedCredential, type EditorView, getEditorView } from "#lib/revisions/queries.ts";
import { said } from "#lib/revisions/topic.ts";

export const { GET, POST } = accountPage({
  access: ["therapist"],
  area: "profile",
  get: async ({ page, session, query }) => {
    const view = await getEditorView(session);
    return answer(page, view, { typed: fill(view), saved: query.get("saved") === "1" });
  },
  post: async ({ page, session, typed }) => {
    const parsed = parseForm(insuranceForm, typed);
    const errors = parsed.ok ? {} : parsed.errors;
    const again = async (more: FieldErrors, status: number) =>
      answer(page, await getEditorView(session), { typed, errors: { ...errors, ...more }, status });
    if (!parsed.ok) return again({}, 422);
    const { insurer, expiresOn, version } = parsed.value;
    if (insurer === null) return again({ insurer: { code: "required" } }, 422);
    if (expiresOn === null) return again({ expiresOn: { code: "required" } }, 422);
    try {
      await saveInsurance(session, { seen: version, insurance: { insurer, expiresOn } });
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      return again({ insurer: { code: error.reason } }, 409);
    }
    return { to: "/account/profile/licences?saved=1" };
  },
});

type Shown = { typed: Typed; errors?: FieldErrors; saved?: boolean; status?: number };

function answer(page: Page, view: EditorView, shown: Shown) {
  const { typed, errors = {}, saved = false, status = 200 } = shown;
  const label = (field: string) => fieldLabel(page, field === "expiresOn" ? "insuredUntil" : field);
  return {
    title: page.t("editor.topic.licences"),
    status,
    body: (
      <LicencesView
        form={{ page, typed, errors, label }}
        view={view}
        lines={view.credentials.map((credential) => line(page, credential))}
        saved={saved}
      />
    ),
  };
}

function fill({ insurance }: EditorView): Typed {
  return { insurer: said(insurance?.insurer), expiresOn: said(insurance?.expiresOn) };
}

function line(page: Page, credential: ClaimedCredential) {
  const { id, typeId, stage, replacesId, retireProposed, expiresOn } = credential;
  const proposed = replacesId ? ("changed" as const) : ("new" as const);
  const live = retireProposed ? ("leaving" as const) : ("live" as const);
  return {
    id,
    title: findCredentialType(typeId)?.title[page.locale] ?? typeId,
    claim: credentialText(page, credential),
    state: stage === "proposed" ? proposed : live,
    expiresOn,
  };
}
