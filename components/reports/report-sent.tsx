import type { Page } from "../ui/page.ts";

/** @param answered whether the report had a way back */
export function ReportSent({ page, answered }: { page: Page; answered: boolean }) {
  const { t, href } = page;
  return (
    <div className="prose message">
      <h1>{t("reports.sent.heading")}</h1>
      <p className="lead">{t("reports.sent.lead")}</p>
      <p>{t("reports.next.hide")}</p>
      {answered ? (
        <p>
          {t("reports.back.answer")} <a href={href("/replies")}>{t("letters.sent.replies")}</a>
        </p>
      ) : (
        <p>{t("reports.next.noAnswer")}</p>
      )}
      <p>{t("reports.urgentHelp")}</p>
      <p>
        <a className="button" href={href("/therapists")}>
          {t("reports.sent.goOn")}
        </a>
      </p>
    </div>
  );
}
