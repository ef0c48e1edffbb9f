import { accountPage } from "#app/account/account-page.tsx";
import { InvitationView } from "#components/invitations/invitation-view.tsx";
import { acceptInvitation } from "#lib/invitations/accept-invitation.ts";
import { answer, openPage } from "./open-page.tsx";

/** From a mail, without signing in. Looking changes nothing: mail scanners look at every link. */
export const { GET, POST } = accountPage({
  access: "anyone",
  get: (asked) =>
    openPage(asked, (invitation, token) => (
      <InvitationView page={asked.page} token={token} invitation={invitation} />
    )),
  post: (asked) => answer(asked, acceptInvitation, "/sign-in"),
});
