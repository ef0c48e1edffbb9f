import { settingsForm } from "#components/accounts/plain-form.ts";
import { SecondStepsView } from "#components/accounts/second-steps-view.tsx";
import type { Page } from "#components/ui/page.ts";
import { getSecondFactors } from "#lib/auth/queries.ts";
import { isStaff, type Session } from "#lib/auth/rules.ts";
import { relyingParty } from "#lib/auth/site-origin.ts";

type Shown = {
  page: Page;
  session: Session;
  request: Request;
  done?: string | null;
  /** Someone on the staff wanted to remove the last one. */
  lastOne?: boolean;
};

/** The page of all second factors, as three routes answer with it. */
export async function secondSteps({ page, session, request, done = null, lastOne }: Shown) {
  const missing = isStaff({ roles: session.heldRoles }) && session.secondFactor === "not-set-up";
  const name = [page.t("settings.second.newName")];
  return {
    title: page.t("settings.second.title"),
    body: (
      <SecondStepsView
        form={settingsForm(page, { typed: { name } })}
        factors={await getSecondFactors(session.personId)}
        notice={lastOne ? "lastOne" : missing ? "staff" : null}
        passkeysPossible={relyingParty(request.headers.get("host")) !== null}
        done={done}
      />
    ),
    status: lastOne ? 409 : 200,
  };
}
