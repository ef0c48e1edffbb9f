import { accountPage } from "#app/account/account-page.tsx";
import { ClosedInvitation } from "#components/invitations/closed-invitation.tsx";

/** Says the same to everyone: whoever loads it again has deleted nothing twice. */
export const { GET, POST } = accountPage({
  access: "anyone",
  get: ({ page }) => ({
    title: page.t("invitation.title"),
    body: <ClosedInvitation page={page} why="deleted" />,
  }),
});
