import type { Page } from "../ui/page.ts";
import { ParasolMark } from "../ui/parasol-mark.tsx";
import { OtherLanguage } from "./other-language.tsx";

export function SiteHeader({ page }: { page: Page }) {
  const { t, href, site } = page;
  return (
    <header className="site-header">
      <a className="site-name" href={href("/")}>
        <ParasolMark />
        {site.name}
      </a>
      <nav aria-label={t("site.navigation")}>
        <a href={href("/therapists")}>{t("site.find")}</a>
        <a href={href("/how-we-vet")}>{t("site.howWeVet")}</a>
        <OtherLanguage page={page} />
      </nav>
    </header>
  );
}
