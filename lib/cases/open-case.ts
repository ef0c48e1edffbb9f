import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";
import type { CaseKind } from "#db/vocabulary.ts";
import { appendEvent } from "#lib/audit/append-event.ts";

export type NewCase = {
  therapistId: string;
  kind: Exclude<CaseKind, "appeal">;
  /** What was sent; of submissions alone. */
  revisionId?: string;
  urgent?: boolean;
  /** The last day of what is about to lapse. */
  dueOn?: string | null;
  /** Who brings it up; null for a job or a reader. */
  actorId?: string | null;
};

/**
 * Puts something in the queue, inside the caller's transaction. What is open already stays one
 * case: it can become urgent or due earlier, never less. @returns the id of the open case
 */
export async function openCase(wanted: NewCase, tx: Db): Promise<string> {
  const { therapistId, kind, revisionId = null, urgent = false, dueOn = null } = wanted;
  const [made] = await tx
    .insert(cases)
    .values({ therapistId, kind, revisionId, urgent, dueOn })
    .onConflictDoNothing()
    .returning({ id: cases.id });
  if (made) {
    await appendEvent(
      {
        actorId: wanted.actorId ?? null,
        verb: "case.open",
        subject: { kind: "case", id: made.id },
        details: { kind, urgent },
      },
      tx,
    );
    return made.id;
  }
  const [open] = await tx
    .update(cases)
    .set({
      urgent: sql`${cases.urgent} or ${urgent}`,
      dueOn: sql`least(${cases.dueOn}, ${dueOn}::date)`,
      ...(revisionId !== null && { revisionId }),
    })
    .where(and(eq(cases.therapistId, therapistId), eq(cases.kind, kind), isNull(cases.closedAt)))
    .returning({ id: cases.id });
  // Between the two statements the open one was closed: then there is room for a new one.
  return open ? open.id : openCase(wanted, tx);
}
