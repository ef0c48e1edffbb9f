import { accountPage } from "#app/account/account-page.tsx";
import { DecisionsView } from "#components/appeals/decisions-view.tsx";
import { listOwnDecisions } from "#lib/appeals/queries.ts";

/** What was decided about the therapist who reads it. */
export const { GET, POST } = accountPage({
  access: ["therapist"],
  area: "overview",
  get: async ({ page, session }) => ({
    title: page.t("questions.decisions.title"),
    body: <DecisionsView page={page} decisions={await listOwnDecisions(session, page.today)} />,
  }),
});
