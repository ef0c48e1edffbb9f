import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import type { credentials, trainings } from "#db/schema/credentials.ts";
import { isHeld } from "./access.ts";

/**
 * Deletes claims that nobody accepted yet, with their documents. Those of someone whose documents
 * must stay are retired instead, and gone from every page all the same.
 */
export async function dropClaims(
  table: typeof credentials | typeof trainings,
  which: SQL | undefined,
  tx: Db,
): Promise<void> {
  const proposed = and(which, eq(table.stage, "proposed"));
  await tx
    .update(table)
    .set({ stage: "retired", replacesId: null })
    .where(and(proposed, isHeld(table.therapistId)));
  await tx.delete(table).where(and(proposed, sql`not ${isHeld(table.therapistId)}`));
}
