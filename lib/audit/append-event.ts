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

/** Leaves word of a change, in the transaction that makes it. */
export async function appendEvent(event: AuditEvent, db: Db): Promise<void> {
  const { actorId, verb, subject, details = {} } = event;
  await db
    .insert(auditEvents)
    .values({ actorId, verb, subjectKind: subject.kind, subjectId: subject.id, details });
}
