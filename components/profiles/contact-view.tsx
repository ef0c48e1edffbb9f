import type { ContactWay } from "#lib/profiles/revision-parts.ts";
import { ReportLink } from "../reports/report-link.tsx";
import type { Page } from "../ui/page.ts";
import { ContactList } from "./contact-list.tsx";

type ContactViewProps = {
  page: Page;
  slug: string;
  name: string;
  /** Null before the reader asked to see them. */
  ways: readonly ContactWay[] | null;
  /** Whether sealed messages can be written to them here. */
  sealed: boolean;
};

export function ContactView({ page, slug, name, ways, sealed }: ContactViewProps) {
  const { t, href } = page;
  return (
    <div className="prose">
      <p className="back">
        <a href={href(`/therapists/${slug}`)}>{t("contact.back")}</a>
      </p>
      <h1>{t("contact.heading", { name })}</h1>
      <p>{t("contact.lead", { name })}</p>
      {ways === null ? (
        <form method="post" action={href(`/therapists/${slug}/contact`)}>
          <p className="note">{t("contact.step")}</p>
          <button type="submit">{t("contact.show", { name })}</button>
        </form>
      ) : ways.length === 0 ? (
        <p>{t("contact.none", { name })}</p>
      ) : (
        <ContactList page={page} ways={ways} />
      )}
      <p className="note">{t("contact.care")}</p>
      {sealed && (
        <section aria-labelledby="sealed">
          <h2 id="sealed">{t("letters.contact.heading")}</h2>
          <p>{t("letters.contact.lead", { name })}</p>
          <p>
            <a href={href(`/therapists/${slug}/write`)}>{t("letters.contact.link")}</a>
          </p>
        </section>
      )}
      <ReportLink page={page} slug={slug} />
    </div>
  );
}
