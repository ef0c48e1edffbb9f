import { readerPage } from "#app/reader/reader-page.tsx";
import { ReportSent } from "#components/reports/report-sent.tsx";

/** The same for every address: it says nothing of who is listed, and can be loaded again. */
export const GET = readerPage(({ page, query }) => ({
  title: page.t("reports.sent.title"),
  body: <ReportSent page={page} answered={query.has("back")} />,
}));
