import type { Page } from "../ui/page.ts";

export function OtherLanguage({ page }: { page: Page }) {
  const other = page.locale === "en" ? "es" : "en";
  // In a copy every page is a folder, home as well.
  const path = page.path === "/" && !page.copyOf ? "" : page.path;
  return (
    <a href={other === "en" ? path || "/" : `/es${path}`} lang={other} hrefLang={other}>
      {page.t("site.otherLanguage")}
    </a>
  );
}
