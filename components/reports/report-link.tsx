import type { Page } from "../ui/page.ts";

/** A quiet way from a listing to what a reader can tell about it. */
export function ReportLink({ page, slug }: { page: Page; slug: string }) {
  const { t, href } = page;
  if (page.copyOf) return null;
  return (
    <p className="report-link note">
      <a href={href(`/therapists/${slug}/report`)}>{t("reports.link")}</a>
    </p>
  );
}
