import { accountPage } from "#app/account/account-page.tsx";
import { AccountOverview } from "#components/account/account-overview.tsx";
import { availabilityOn } from "#lib/profiles/rules.ts";
import { getEditorView } from "#lib/revisions/queries.ts";
import { missingIn } from "#lib/revisions/submit-revision.ts";

export const { GET, POST } = accountPage({
  access: "signed-in",
  area: "overview",
  get: async ({ page, session }) => {
    if (!session.roles.includes("therapist")) {
      return {
        title: page.t("account.nav.overview"),
        body: <AccountOverview page={page} session={session} view={null} />,
      };
    }
    const view = await getEditorView(session);
    return {
      title: page.t("account.nav.overview"),
      body: (
        <AccountOverview
          page={page}
          session={session}
          view={{
            editor: view,
            missing: missingIn(view).length,
            availability: view.therapist && availabilityOn(view.therapist, page.today),
          }}
        />
      ),
    };
  },
});
