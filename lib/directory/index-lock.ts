import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { locks } from "#db/locks.ts";

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
      await tx.execute(sql`select pg_advisory_xact_lock(${locks.index})`);
    } else {
      await tx.execute(sql`select pg_advisory_xact_lock_shared(${locks.index})`);
      await tx.execute(
        sql`select pg_advisory_xact_lock(${locks.profileInIndex}, hashtext(${what.therapistId}))`,
      );
    }
    return run();
  });
}
