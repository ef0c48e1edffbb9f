import { and, between, max, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { auditEvents } from "#db/schema/audit.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { type EventRow, eventColumns } from "#lib/audit/read-links.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { safeCell } from "#lib/sheets/rules.ts";
import { requireAuditReader } from "./access.ts";
import { matching } from "./queries.ts";
import { type AuditFilters, type ExportFormat, filterNames } from "./schema.ts";

const BATCH = 1_000;

/**
 * Hands over events with their links, oldest first, as lines of a file; that it was done is an event
 * itself, and the last one in it. Read a batch at a time, as fast as they are taken.
 * @throws NotFoundError for everyone but auditors and leads
 */
export async function exportEvents(
  actor: Actor,
  { filters, format }: { filters: AuditFilters; format: ExportFormat },
  db: Db = primary(),
): Promise<AsyncGenerator<string>> {
  requireAuditReader(actor);
  const names = filterNames.filter((name) => filters[name] !== null);
  await appendEvent(
    {
      actorId: actor.personId,
      verb: "audit.export",
      subject: { kind: "audit", id: format },
      details: { filters: names },
    },
    db,
  );
  const [last] = await db.select({ id: max(auditEvents.id) }).from(auditEvents);
  return lines(filters, format, last?.id ?? 0, db);
}

/** In the words of the database, so that whoever has the file can hash it again. */
type Row = EventRow & {
  seq: string | null;
  before: string | null;
  hash: string | null;
};

const columns = [
  "seq",
  "event_id",
  "at",
  "actor_id",
  "verb",
  "subject_kind",
  "subject_id",
  "details",
  "before",
  "hash",
] as const satisfies readonly (keyof Row)[];

async function* lines(
  filters: AuditFilters,
  format: ExportFormat,
  last: number,
  db: Db,
): AsyncGenerator<string> {
  if (format === "csv") yield `${columns.join(",")}\r\n`;
  const line = { csv: csvLine, jsonl: jsonLine }[format];
  for (let after = 0; ; ) {
    const rows: Row[] = await db.execute<Row>(sql`
      select c.seq::text, c.before, c.hash, ${eventColumns}
      from (select * from ${auditEvents}
        where ${and(between(auditEvents.id, after + 1, last), matching(filters))}
        order by ${auditEvents.id} limit ${BATCH}) e
      left join audit_chain c on c.event_id = e.id
      order by e.id`);
    if (rows.length > 0) yield rows.map(line).join("");
    if (rows.length < BATCH) return;
    after = Number(rows.at(-1)?.event_id);
  }
}

function csvLine(row: Row): string {
  return `${columns.map((column) => safeCell(row[column] ?? "")).join(",")}\r\n`;
}

/** `details` stays the very text that was hashed. */
function jsonLine({ details, ...row }: Row): string {
  const { seq, event_id, at, actor_id, verb, subject_kind, subject_id, before, hash } = row;
  const chained = { seq: seq && Number(seq), event_id: Number(event_id), at, actor_id, verb };
  const rest = JSON.stringify({ ...chained, subject_kind, subject_id, before, hash });
  return `${rest.slice(0, -1)},"details":${details}}\n`;
}
