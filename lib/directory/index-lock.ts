import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";

const INDEX_LOCK = 7267_1968;

/**
 * Many profiles may be written to the index at once, but none while it is rebuilt beside: what a
 * job wrote to the old one would be gone with the swap. Holds across processes, ends with them.
 */
export async function withIndexLock<T>(
  mode: "one-profile" | "rebuild",
  db: Db,
  run: () => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(
      mode === "rebuild"
        ? sql`select pg_advisory_xact_lock(${INDEX_LOCK})`
        : sql`select pg_advisory_xact_lock_shared(${INDEX_LOCK})`,
    );
    return run();
  });
}
