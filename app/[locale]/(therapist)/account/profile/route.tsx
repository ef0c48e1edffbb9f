import { accountPage } from "#app/account/account-page.tsx";
import { ProfileOverview } from "#components/editor/profile-overview.tsx";
import { getEditorView } from "#lib/revisions/queries.ts";
import { missingIn } from "#lib/revisions/submit-revision.ts";

export const { GET, POST } = accountPage({
  access: ["therapist"],
  area: "profile",
  get: async ({ page, session }) => {
    const view = await getEditorView(session);
    return {
      title: page.t("editor.title"),
      body: <ProfileOverview page={page} view={view} missing={missingIn(view)} />,
    };
  },
});
