import type { Queue } from "#lib/cases/queries.ts";
import type { QueueFilters } from "#lib/cases/schema.ts";
import type { OptionGroup } from "../forms/select-field.tsx";
import type { Page } from "../ui/page.ts";
import { Pager } from "../ui/pager.tsx";
import { QueueFilterForm } from "./queue-filters.tsx";
import { QueueKeys } from "./queue-keys.tsx";
import { QueueRowView } from "./queue-row.tsx";

type QueueViewProps = {
  page: Page;
  queue: Queue;
  filters: QueueFilters;
  /** Cases on one page. */
  perPage: number;
  regions: readonly OptionGroup[];
  now: Date;
  /** Someone else was quicker. */
  taken: boolean;
};

/** Open cases by risk to the public, one line each, with a way to take it. */
export function QueueView(props: QueueViewProps) {
  const { page, queue, filters, perPage, regions, now, taken } = props;
  const { t, href } = page;
  const ofKind = queue.counts.filter(({ kind }) => filters.kind === null || kind === filters.kind);
  const total = ofKind.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="results-page queue" data-queue>
      <h1>{t("moderation.queue.heading")}</h1>
      <aside>
        <QueueFilterForm page={page} filters={filters} queue={queue} regions={regions} />
        <QueueKeys page={page} />
      </aside>
      <div>
        {taken && (
          <p className="notice" role="alert" data-focus tabIndex={-1}>
            {t("moderation.queue.taken")}
          </p>
        )}
        <p className="total">{t("moderation.queue.total", { count: total })}</p>
        {total === 0 ? (
          <p>{t(isPlain(filters) ? "moderation.queue.empty" : "moderation.queue.noneSuch")}</p>
        ) : (
          <QueueGroups page={page} queue={queue} now={now} />
        )}
        <Pager
          page={page}
          current={filters.page}
          pages={Math.ceil(total / perPage)}
          hrefOf={(number) => href(`/moderation?${queryOf({ ...filters, page: number })}`)}
        />
      </div>
    </div>
  );
}

function isPlain({ page: _, whose, ...filters }: QueueFilters): boolean {
  return whose === "all" && Object.values(filters).every((value) => value === null);
}

/** The address of a queue like this one. */
export function queryOf(filters: QueueFilters): string {
  const said = Object.entries(filters).filter(
    ([name, value]) => value !== null && !(name === "page" && value === 1) && value !== "all",
  );
  return new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString();
}

/** Urgent cases first, under one heading; then kind by kind, as the rows come. */
function QueueGroups({ page, queue, now }: Pick<QueueViewProps, "page" | "queue" | "now">) {
  const { t } = page;
  const groups = Map.groupBy(queue.rows, ({ urgent, kind }) => (urgent ? "urgent" : kind));
  const countOf = (group: string) =>
    queue.counts
      .filter(({ urgent, kind }) => (urgent ? "urgent" : kind) === group)
      .reduce((sum, { count }) => sum + count, 0);
  return [...groups].map(([group, rows]) => (
    <section key={group} aria-labelledby={`group-${group}`}>
      <h2 id={`group-${group}`}>
        {group === "urgent" ? t("moderation.queue.urgent") : t(`decisions.kind.${group}`)}{" "}
        <small>{countOf(group)}</small>
      </h2>
      <ul className="case-rows">
        {rows.map((row) => (
          <QueueRowView key={row.id} page={page} row={row} now={now} />
        ))}
      </ul>
    </section>
  ));
}
