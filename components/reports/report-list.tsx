import type { FieldErrors, Typed } from "#lib/forms/rules.ts";
import type { ReportView } from "#lib/reports/queries.ts";
import { mostAnswer } from "#lib/reports/rules.ts";
import { answerField, type SettlingIntent } from "#lib/reports/schema.ts";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import { TextArea } from "../forms/text-area.tsx";
import type { Page } from "../ui/page.ts";

type ReportListProps = {
  page: Page;
  reports: readonly ReportView[];
  /** An answer that was not taken, as it was typed, and what is wrong with it. */
  refused?: { typed: Typed; errors: FieldErrors } | null;
};

/** What readers said, for whoever has claimed the case; each can be settled in place. */
export function ReportList({ page, reports, refused = null }: ReportListProps) {
  const { t } = page;
  return (
    <section className="reports" aria-labelledby="reports">
      <h2 id="reports">{t("reports.list.heading", { count: reports.length })}</h2>
      {refused && <ErrorSummary form={answerForm(page, refused)} />}
      <p className="note">{t("reports.list.care")}</p>
      <ol>
        {reports.map((report) => (
          <li key={report.id}>
            <Report page={page} report={report} />
            {report.answerable && (
              <AnswerForm form={answerForm(page, refused)} reportId={report.id} />
            )}
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

function answerForm(page: Page, refused: ReportListProps["refused"]): FormView {
  const { typed = {}, errors = {} } = refused ?? {};
  return { page, typed, errors, label: () => page.t("reports.reply.label") };
}

/** For whoever left a way back; sealed here, and read nowhere but there. */
function AnswerForm({ form, reportId }: { form: FormView; reportId: string }) {
  const { t, href } = form.page;
  const name = answerField(reportId);
  return (
    <details open={name in form.errors}>
      <summary>{t("reports.reply.heading")}</summary>
      <p>{t("reports.reply.lead", { path: href("/replies") })}</p>
      <form method="post">
        <input type="hidden" name="report" value={reportId} />
        <TextArea form={form} name={name} max={mostAnswer} rows={6} />
        <button type="submit" name="intent" value="answer-report">
          {t("reports.reply.send")}
        </button>
      </form>
    </details>
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
