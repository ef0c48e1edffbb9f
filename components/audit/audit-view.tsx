import type { AuditPage } from "#lib/auditing/queries.ts";
import type { AuditFilters } from "#lib/auditing/schema.ts";
import { ErrorSummary } from "../forms/error-summary.tsx";
import type { FormView } from "../forms/form-view.ts";
import type { Page } from "../ui/page.ts";
import { AuditFilterForm } from "./audit-filters.tsx";
import { AuditTable } from "./audit-table.tsx";
import { ChainCheck, type CheckResult } from "./chain-check.tsx";
import { pathOf } from "./path-of.ts";

type AuditViewProps = {
  form: FormView;
  filters: AuditFilters;
  events: AuditPage;
  /** Whether this is the page with the newest. */
  newest: boolean;
  verdict: CheckResult | null;
};

/** What was done, newest first; the chain that holds it together; and a way to take it along. */
export function AuditView({ form, filters, events, newest, verdict }: AuditViewProps) {
  const { page } = form;
  const { t } = page;
  return (
    <div className="audit">
      <h1>{t("audit.heading")}</h1>
      <p className="lead">{t("audit.lead")}</p>
      <ErrorSummary form={form} />
      <ChainCheck form={form} head={events.head} verdict={verdict} />
      <AuditFilterForm form={form} />
      <p className="total">{t("audit.total", { count: events.total })}</p>
      {events.shown.length === 0 ? (
        <p>{t("audit.none")}</p>
      ) : (
        <AuditTable page={page} events={events.shown} />
      )}
      <Pages page={page} filters={filters} older={events.older} newest={newest} />
      <Export page={page} filters={filters} />
    </div>
  );
}

type PagesProps = { page: Page; filters: AuditFilters; older: number | null; newest: boolean };

function Pages({ page, filters, older, newest }: PagesProps) {
  if (older === null && newest) return null;
  const { t, href } = page;
  return (
    <nav className="pager" aria-label={t("audit.pages")}>
      {!newest && <a href={href(pathOf(filters))}>{t("audit.newest")}</a>}
      {older !== null && (
        <a href={href(pathOf(filters, { before: String(older) }))} rel="next">
          {t("audit.older")}
        </a>
      )}
    </nav>
  );
}

function Export({ page, filters }: Pick<PagesProps, "page" | "filters">) {
  const { t, href } = page;
  return (
    <section aria-labelledby="export">
      <h2 id="export">{t("audit.export.heading")}</h2>
      <p>{t("audit.export.lead")}</p>
      <ul>
        {(["csv", "jsonl"] as const).map((format) => (
          <li key={format}>
            <a href={href(pathOf(filters, { format }, "/moderation/audit/export"))}>
              {t(`audit.export.${format}`)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
