import { placeSources } from "#lib/places/labels.ts";
import type { Page } from "../ui/page.ts";

export function SiteFooter({ page }: { page: Page }) {
  const { t, href } = page;
  return (
    <footer className="site-footer">
      <nav aria-label={page.site.name}>
        <a href={href("/guide")}>{t("guide.title")}</a>
        <a href={href("/help-now")}>{t("help.title")}</a>
        {!page.copyOf && <a href={href("/replies")}>{t("letters.footer")}</a>}
        <a href={href("/how-we-vet")}>{t("site.howWeVet")}</a>
        <a href={href("/trainings")}>{t("site.trainings")}</a>
        <a href={href("/privacy")}>{t("site.privacy")}</a>
        <a href={href("/leave-fast")}>{t("site.leaveFast")}</a>
        {!page.copyOf && <a href={href("/for-therapists")}>{t("forTherapists.title")}</a>}
        {!page.copyOf && <a href={href("/sign-in")}>{t("signIn.footer")}</a>}
      </nav>
      <p>{t("site.footerAbout")}</p>
      <p>
        {t("site.data")}{" "}
        {placeSources.map(({ name, url, licence, licenceUrl }, position) => (
          <span key={name}>
            {position > 0 && "; "}
            <a href={url} rel="noreferrer external">
              {name}
            </a>{" "}
            (
            <a href={licenceUrl} rel="noreferrer external">
              {licence}
            </a>
            )
          </span>
        ))}
      </p>
    </footer>
  );
}
