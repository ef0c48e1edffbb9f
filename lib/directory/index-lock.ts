import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";

const INDEX_LOCK = 7267_1968;
const PROFILE_LOCK = 7267_1969;

/**
 * Many profiles may be written to the index at once, but none while it is rebuilt beside: what a
 * job wrote to the old one would be gone with the swap. And no profile by two jobs at once: the one
 * that read first could write last. Holds across processes, ends with them.
 */
export async function withIndexLock<T>(
  what: "rebuild" | { therapistId: string },
  db: Db,
  run: () => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => {
    if (what === "rebuild") {
      await tx.execute(sql`select pg_advisory_xact_lock(${INDEX_LOCK})`);
    } else {
      await tx.execute(sql`select pg_advisory_xact_lock_shared(${INDEX_LOCK})`);
      await tx.execute(
        sql`select pg_advisory_xact_lock(${PROFILE_LOCK}, hashtext(${what.therapistId}))`,
      );
    }
    return run();
  });
}
