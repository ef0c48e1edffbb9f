import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { cases } from "#db/schema/cases.ts";

/** The days in which we answer stand still: the therapist has something to do first. */
export async function stopClock(caseId: string, tx: Db): Promise<void> {
  await tx
    .update(cases)
    .set({ stoppedAt: sql`now()` })
    .where(and(eq(cases.id, caseId), isNull(cases.stoppedAt)));
}

/** They run again from where they stood. */
export async function resumeClock(caseId: string, tx: Db): Promise<void> {
  await tx
    .update(cases)
    .set({
      stoppedSeconds: sql`${cases.stoppedSeconds} + extract(epoch from now() - ${cases.stoppedAt})::integer`,
      stoppedAt: null,
    })
    .where(and(eq(cases.id, caseId), isNotNull(cases.stoppedAt)));
}
