import { accountPage } from "#app/account/account-page.tsx";
import { AccountOverview } from "#components/account/account-overview.tsx";
import { listOwnDecisions } from "#lib/appeals/queries.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { availabilityOn } from "#lib/profiles/rules.ts";
import { getWaiting } from "#lib/questions/queries.ts";
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
    const [view, waiting] = await Promise.all([
      getEditorView(session),
      loadWaiting(session, page.today),
    ]);
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
            waiting,
          }}
        />
      ),
    };
  },
});

async function loadWaiting(actor: Actor, today: string) {
  const [waiting, decisions] = await Promise.all([
    getWaiting(actor, new Date()),
    listOwnDecisions(actor, today),
  ]);
  const appealable = decisions.flatMap(({ id, action, appealUntil }) =>
    appealUntil === null ? [] : [{ id, action, until: appealUntil }],
  );
  return { ...waiting, appealable };
}
