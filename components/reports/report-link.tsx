import type { Page } from "../ui/page.ts";

/** A quiet way from a listing to what a reader can tell about it. */
export function ReportLink({ page: { t, href }, slug }: { page: Page; slug: string }) {
  return (
    <p className="report-link note">
      <a href={href(`/therapists/${slug}/report`)}>{t("reports.link")}</a>
    </p>
  );
}
