import type { ReportView } from "#lib/reports/queries.ts";
import type { SettlingIntent } from "#lib/reports/schema.ts";
import type { Page } from "../ui/page.ts";

type ReportListProps = { page: Page; reports: readonly ReportView[] };

/** What readers said, for whoever has claimed the case; each can be settled in place. */
export function ReportList({ page, reports }: ReportListProps) {
  const { t } = page;
  return (
    <section className="reports" aria-labelledby="reports">
      <h2 id="reports">{t("reports.list.heading", { count: reports.length })}</h2>
      <p className="note">{t("reports.list.care")}</p>
      <ol>
        {reports.map((report) => (
          <li key={report.id}>
            <Report page={page} report={report} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Report({ page, report }: { page: Page; report: ReportView }) {
  const { t, day } = page;
  const { id, kind, receivedOn, words, upheld } = report;
  const outcome = upheld === null ? "open" : upheld ? "upheld" : "dismissed";
  return (
    <article aria-labelledby={`report-${id}`}>
      <h3 id={`report-${id}`}>{t(`reports.kind.${kind}.label`)}</h3>
      <p className="note">
        {t("reports.list.received", { day: day(receivedOn) })} {t(`reports.list.${outcome}`)}
      </p>
      {words === null ? (
        <p>{t("reports.list.noWords")}</p>
      ) : (
        // Whatever was written keeps its lines, and turns no other text around.
        <blockquote dir="auto">{words}</blockquote>
      )}
      <p className="guidance">{t(`reports.guidance.${kind}`)}</p>
      <form method="post" className="buttons">
        <input type="hidden" name="report" value={id} />
        {upheld !== true && <Settle page={page} intent="uphold-report" reportId={id} />}
        {upheld !== false && <Settle page={page} intent="dismiss-report" reportId={id} />}
      </form>
    </article>
  );
}

type SettleProps = { page: Page; intent: SettlingIntent; reportId: string };

function Settle({ page: { t }, intent, reportId }: SettleProps) {
  return (
    <button
      type="submit"
      className="plain"
      name="intent"
      value={intent}
      aria-describedby={`report-${reportId}`}
    >
      {t(`reports.list.${intent}`)}
    </button>
  );
}
