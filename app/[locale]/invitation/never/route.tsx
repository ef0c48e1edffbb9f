import { accountPage } from "#app/account/account-page.tsx";
import { NeverView } from "#components/invitations/never-form.tsx";
import { declineInvitation } from "#lib/invitations/decline-invitation.ts";
import { answer, openPage } from "../open-page.tsx";

/** The second link of an invitation: one button, and only the button does it. */
export const { GET, POST } = accountPage({
  access: "anyone",
  get: (asked) => openPage(asked, (_, token) => <NeverView page={asked.page} token={token} />),
  post: (asked) => answer(asked, declineInvitation, "/invitation/deleted"),
});
