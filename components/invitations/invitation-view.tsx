import type { Page } from "../ui/page.ts";
import { HeldFacts, type OpenInvitation } from "./held-facts.tsx";
import { NeverForm } from "./never-form.tsx";

type InvitationViewProps = { page: Page; token: string; invitation: OpenInvitation };

/** What we hold about someone whom others entered, and their two answers. */
export function InvitationView({ page, token, invitation }: InvitationViewProps) {
  const { t, href, day } = page;
  const { state, community, invitedOn, forgottenOn } = invitation;
  return (
    <div className="prose">
      <h1>{t("invitation.heading")}</h1>
      {state === "accepted" && <p>{t("invitation.accepted")}</p>}
      <p>{t("invitation.from", { community, day: day(invitedOn) })}</p>
      <p>{t("invitation.private")}</p>
      {state === "open" && <p>{t("invitation.silence", { day: day(forgottenOn) })}</p>}
      <h2>{t("invitation.held.heading")}</h2>
      <HeldFacts page={page} invitation={invitation} />
      <h2>{t("invitation.yesHeading")}</h2>
      <form method="post" action={href(`/invitation?token=${token}`)}>
        <p>{t("invitation.yesNote")}</p>
        <button type="submit">{t("invitation.yes")}</button>
      </form>
      <h2>{t("invitation.neverHeading")}</h2>
      <NeverForm page={page} token={token} />
    </div>
  );
}
