import type { Page } from "../ui/page.ts";

export function ReportSent({ page }: { page: Page }) {
  const { t, href } = page;
  return (
    <div className="prose message">
      <h1>{t("reports.sent.heading")}</h1>
      <p className="lead">{t("reports.sent.lead")}</p>
      <p>{t("reports.next.hide")}</p>
      <p>{t("reports.next.noAnswer")}</p>
      <p>{t("reports.urgentHelp")}</p>
      <p>
        <a className="button" href={href("/therapists")}>
          {t("reports.sent.goOn")}
        </a>
      </p>
    </div>
  );
}
