import type { Page } from "../ui/page.ts";

export function SiteFooter({ page }: { page: Page }) {
  const { t, href } = page;
  return (
    <footer className="site-footer">
      <nav aria-label={page.site.name}>
        <a href={href("/how-we-vet")}>{t("site.howWeVet")}</a>
        <a href={href("/trainings")}>{t("site.trainings")}</a>
        <a href={href("/privacy")}>{t("site.privacy")}</a>
      </nav>
      <p>{t("site.footerAbout")}</p>
      <p>{t("site.data", { geonames: "GeoNames", zips: "US Census ZCTA" })}</p>
    </footer>
  );
}
