import { and, count, desc, eq, getTableColumns, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { auditChain, auditEvents } from "#db/schema/audit.ts";
import { readHead } from "#lib/audit/read-head.ts";
import { type Actor, staffRoles } from "#lib/auth/rules.ts";
import { requireAuditReader } from "./access.ts";
import type { AuditFilters } from "./schema.ts";

const PAGE = 50;

export type AuditPage = Awaited<ReturnType<typeof listEvents>>;

/**
 * Events as somebody wants to see them, newest first, with their links, how many there are, and the
 * head of the whole chain. Staff are named; of everyone else there is the id alone.
 * @param before only those with a lower number; 0 for the newest
 * @throws NotFoundError for everyone but auditors and leads
 */
export async function listEvents(
  actor: Actor,
  { filters, before }: { filters: AuditFilters; before: number },
  db: Db = primary(),
) {
  requireAuditReader(actor);
  const wanted = matching(filters);
  const [rows, [all], head] = await Promise.all([
    db
      .select({ ...getTableColumns(auditEvents), seq: auditChain.seq, name: people.name })
      .from(auditEvents)
      .leftJoin(auditChain, eq(auditChain.eventId, auditEvents.id))
      .leftJoin(people, and(eq(people.id, auditEvents.actorId), isOfStaff))
      .where(and(wanted, before > 0 ? lt(auditEvents.id, before) : undefined))
      .orderBy(desc(auditEvents.id))
      .limit(PAGE + 1),
    db.select({ total: count() }).from(auditEvents).where(wanted),
    readHead(db),
  ]);
  const shown = rows.slice(0, PAGE);
  const older = rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null;
  return { shown, older, total: all?.total ?? 0, head };
}

/** The same rule for the page and the export. */
export function matching(filters: AuditFilters): SQL | undefined {
  const { verb, who, kind, subject, from, to } = filters;
  return and(
    verb === null ? undefined : sql`starts_with(${auditEvents.verb}, ${verb})`,
    who === null ? undefined : byPerson(who),
    kind === null ? undefined : eq(auditEvents.subjectKind, kind),
    subject === null ? undefined : eq(auditEvents.subjectId, subject),
    from === null ? undefined : sql`${auditEvents.at} >= ${from}::date at time zone 'UTC'`,
    to === null ? undefined : sql`${auditEvents.at} < (${to}::date + 1) at time zone 'UTC'`,
  );
}

/** Names of therapists find nobody: who is one is not for auditors to look up. */
function byPerson(who: string): SQL | undefined {
  if (who === "-") return sql`${auditEvents.actorId} is null`;
  const named = sql`(select ${people.id} from ${people}
    where lower(${people.name}) = lower(${who}) and ${isOfStaff})`;
  return or(eq(auditEvents.actorId, who), inArray(auditEvents.actorId, named));
}

const isOfStaff = sql`${people.roles} && array[${sql.raw(
  staffRoles.map((role) => `'${role}'`).join(", "),
)}]::text[]`;
