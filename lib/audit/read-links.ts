import { type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import type { EventText } from "./hash-link.ts";

/** A link and the event that it names. */
export type Link = {
  seq: string;
  before: string;
  hash: string;
  /** The number it names; `event` is null when there is none. */
  eventId: string;
  event: EventText | null;
};

const BATCH = 1_000;

/** All links by their number, a batch at a time. */
export async function* readLinks(db: Db): AsyncGenerator<Link[]> {
  for (let after: string | null = null; ; ) {
    const rows: Row[] = await db.execute<Row>(sql`
      select c.seq::text, c.before, c.hash, c.event_id::text as named, ${eventColumns}
      from audit_chain c left join audit_events e on e.id = c.event_id
      ${after === null ? sql`` : sql`where c.seq > ${after}::bigint`}
      order by c.seq limit ${BATCH}`);
    if (rows.length > 0) yield rows.map(linkOf);
    const end = rows.at(-1);
    if (!end || rows.length < BATCH) return;
    after = end.seq;
  }
}

type Row = EventRow & { seq: string; before: string; hash: string; named: string };

export type EventRow = {
  event_id: string | null;
  at: string;
  actor_id: string | null;
  verb: string;
  subject_kind: string;
  subject_id: string;
  details: string;
};

/** The columns of the event `e` as the chain hashes them. */
export const eventColumns: SQL = sql`e.id::text as event_id,
  to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  e.actor_id, e.verb, e.subject_kind, e.subject_id, e.details::text`;

function linkOf({ seq, before, hash, named, ...row }: Row): Link {
  return { seq, before, hash, eventId: named, event: eventOf(row) };
}

function eventOf({ event_id, at, actor_id, verb, subject_kind, subject_id, details }: EventRow) {
  if (event_id === null) return null;
  return {
    eventId: event_id,
    at,
    actorId: actor_id,
    verb,
    subjectKind: subject_kind,
    subjectId: subject_id,
    details,
  };
}

/** The lowest event that no link names. */
export async function firstUnlinked(db: Db): Promise<string | null> {
  const [row] = await db.execute<{ id: string | null }>(sql`
    select min(e.id)::text as id from audit_events e
    where not exists (select from audit_chain c where c.event_id = e.id)`);
  return row?.id ?? null;
}
