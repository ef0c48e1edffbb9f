import type { Page } from "../ui/page.ts";
import { OtherLanguage } from "./other-language.tsx";
import { SiteName } from "./site-name.tsx";

export function SiteHeader({ page }: { page: Page }) {
  const { t, href } = page;
  return (
    <header className="site-header">
      <SiteName page={page} />
      <nav aria-label={t("site.navigation")}>
        <a href={href("/therapists")}>{t("site.find")}</a>
        <a href={href("/how-we-vet")}>{t("site.howWeVet")}</a>
        <a href={href("/guide")}>{t("guide.link")}</a>
        <a href={href("/help-now")}>{t("help.title")}</a>
        <OtherLanguage page={page} />
      </nav>
    </header>
  );
}
