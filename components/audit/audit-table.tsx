import type { ReactNode } from "react";
import type { AuditPage } from "#lib/auditing/queries.ts";
import type { AuditFilters } from "#lib/auditing/schema.ts";
import type { Page } from "../ui/page.ts";
import { pathOf } from "./path-of.ts";

type Event = AuditPage["shown"][number];
type Props = { page: Page; events: readonly Event[] };

const columns = ["event", "at", "who", "verb", "subject", "details"] as const;

/** One line each, and on narrow screens one block each. What is in a cell leads to more like it. */
export function AuditTable({ page, events }: Props) {
  const { t } = page;
  return (
    <table className="audit-table">
      <caption className="unseen">{t("audit.table")}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {t(`audit.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <AuditRow key={event.id} page={page} event={event} />
        ))}
      </tbody>
    </table>
  );
}

function AuditRow({ page, event }: { page: Page; event: Event }) {
  const { id, at, actorId, name, verb, subjectKind, subjectId, details } = event;
  const cells: Record<(typeof columns)[number], ReactNode> = {
    event: id,
    at: <time dateTime={at.toISOString()}>{timeOf(at)}</time>,
    who: (
      <Only page={page} filter={{ who: actorId ?? "-" }}>
        {name || actorId || page.t("audit.nobody")}
      </Only>
    ),
    verb: (
      <Only page={page} filter={{ verb }}>
        {verb}
      </Only>
    ),
    subject: (
      <Only page={page} filter={{ kind: subjectKind, subject: subjectId }}>
        {`${subjectKind} ${subjectId}`}
      </Only>
    ),
    details: <Details details={details} />,
  };
  return (
    <tr>
      {columns.map((column) => (
        <td key={column} data-label={page.t(`audit.column.${column}`)}>
          {cells[column]}
        </td>
      ))}
    </tr>
  );
}

type OnlyProps = { page: Page; filter: Partial<AuditFilters>; children: string };

function Only({ page, filter, children }: OnlyProps) {
  return (
    <a
      href={page.href(pathOf(filter))}
      aria-label={page.t("audit.only", { what: children })}
      title={page.t("audit.only", { what: children })}
    >
      {children}
    </a>
  );
}

function Details({ details }: Pick<Event, "details">) {
  return Object.entries(details).map(([name, value]) => (
    <code
      key={name}
    >{`${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`}</code>
  ));
}

const timeOf = (at: Date) => at.toISOString().slice(0, 19).replace("T", " ");
