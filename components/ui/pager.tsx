import type { Page } from "./page.ts";

type PagerProps = { page: Page; current: number; pages: number; hrefOf: (page: number) => string };

export function Pager({ page, current, pages, hrefOf }: PagerProps) {
  if (pages <= 1) return null;
  const { t } = page;
  return (
    <nav className="pager" aria-label={t("search.pages")}>
      {current > 1 && (
        <a href={hrefOf(current - 1)} rel="prev">
          {t("search.previous")}
        </a>
      )}
      <span aria-current="page">{t("search.pageOf", { page: current, pages })}</span>
      {current < pages && (
        <a href={hrefOf(current + 1)} rel="next">
          {t("search.next")}
        </a>
      )}
    </nav>
  );
}
