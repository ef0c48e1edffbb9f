import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { auditEvents } from "#db/schema/audit.ts";

export type AuditEvent = {
  /** The person who acts; null for a job. */
  actorId: string | null;
  /** The domain's verb, such as `revision.submit`. */
  verb: string;
  subject: { kind: string; id: string };
  /** Names of fields and states. Never what a person wrote. */
  details?: Record<string, unknown>;
};

/** Leaves word of a change, in the transaction that makes it; its commit adds it to the chain. */
export async function appendEvent(event: AuditEvent, db: Db): Promise<void> {
  const { actorId, verb, subject, details = {} } = event;
  // Not by the table's own insert: that names number and time too, which the site may not write.
  await db.execute(sql`
    insert into ${auditEvents} (actor_id, verb, subject_kind, subject_id, details)
    values (${actorId}, ${verb}, ${subject.kind}, ${subject.id}, ${JSON.stringify(details)}::jsonb)`);
}
