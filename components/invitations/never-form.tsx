import type { Page } from "../ui/page.ts";

type NeverFormProps = { page: Page; token: string };

/** One button for "delete it and never contact me again", and what it does. */
export function NeverForm({ page, token }: NeverFormProps) {
  const { t, href } = page;
  return (
    <form method="post" action={href(`/invitation/never?token=${token}`)}>
      <p>{t("invitation.neverNote")}</p>
      <button type="submit">{t("invitation.never")}</button>
    </form>
  );
}

/** The same on a page of its own, for whoever came for just that. */
export function NeverView({ page, token }: NeverFormProps) {
  const { t, href } = page;
  return (
    <div className="prose">
      <h1>{t("invitation.neverPage.heading")}</h1>
      <p>
        <a href={href(`/invitation?token=${token}`)}>{t("invitation.neverPage.look")}</a>
      </p>
      <NeverForm page={page} token={token} />
    </div>
  );
}
