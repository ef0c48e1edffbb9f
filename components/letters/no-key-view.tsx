import type { Page } from "../ui/page.ts";

/** For a therapist without a key: there are other ways, behind the same step as ever. */
export function NoKeyView({ page, to }: { page: Page; to: { slug: string; name: string } }) {
  const { t, href } = page;
  const { slug, name } = to;
  return (
    <div className="prose write">
      <p className="back">
        <a href={href(`/therapists/${slug}`)}>{t("contact.back")}</a>
      </p>
      <h1>{t("letters.write.heading", { name })}</h1>
      <p className="lead">{t("letters.noKey.lead", { name })}</p>
      <p>{t("letters.noKey.others")}</p>
      <form method="post" action={href(`/therapists/${slug}/contact`)}>
        <p className="note">{t("contact.step")}</p>
        <button type="submit">{t("contact.show", { name })}</button>
      </form>
    </div>
  );
}
