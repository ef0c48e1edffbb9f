import type { Page } from "../ui/page.ts";

type ClosedInvitationProps = { page: Page; why: "claimed" | "unknown" | "deleted" };

/** Where there is no invitation to show any more, or never was. */
export function ClosedInvitation({ page, why }: ClosedInvitationProps) {
  const { t, href } = page;
  return (
    <div className="prose message">
      <h1>{t(`invitation.${why}.heading`)}</h1>
      <p>{t(`invitation.${why}.lead`)}</p>
      {why === "claimed" && (
        <p>
          <a className="button" href={href("/sign-in")}>
            {t("invitation.claimed.signIn")}
          </a>
        </p>
      )}
    </div>
  );
}
