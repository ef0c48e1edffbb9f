import type { Page } from "../ui/page.ts";

/** Says on every page of a read-only copy what it is, and of when. */
export function CopyNotice({ page, asOf }: { page: Page; asOf: string }) {
  const { t } = page;
  return (
    <aside className="demo" aria-label={t("copy.name")}>
      {t("copy.notice", { date: page.day(asOf) })} {t("copy.older")}
    </aside>
  );
}
