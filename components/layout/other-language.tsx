import type { Page } from "../ui/page.ts";

export function OtherLanguage({ page }: { page: Page }) {
  const other = page.locale === "en" ? "es" : "en";
  const path = other === "en" ? page.path : `/es${page.path === "/" ? "" : page.path}`;
  return (
    <a href={path} lang={other} hrefLang={other}>
      {page.t("site.otherLanguage")}
    </a>
  );
}
