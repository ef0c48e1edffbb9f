import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { locks } from "#db/locks.ts";

/** The entries in Postgres are an index as well. No node is called so: their names have a port. */
export const entriesIndex = "entries";

/**
 * Many profiles may be written to one node's index at once, but none while it is rebuilt beside: what
 * a job wrote to the old one would be gone with the swap. And no profile by two jobs at once: the one
 * that read first could write last. Nodes do not wait for each other. Holds across processes, ends
 * with them.
 * @param what without a therapist: the whole of it
 */
export async function withIndexLock<T>(
  { index, therapistId }: { index: string; therapistId?: string },
  db: Db,
  run: () => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => {
    if (therapistId === undefined) {
      await tx.execute(sql`select pg_advisory_xact_lock(${locks.index}, hashtext(${index}))`);
    } else {
      await tx.execute(
        sql`select pg_advisory_xact_lock_shared(${locks.index}, hashtext(${index}))`,
      );
      const profile = `${therapistId} ${index}`;
      await tx.execute(
        sql`select pg_advisory_xact_lock(${locks.profileInIndex}, hashtext(${profile}))`,
      );
    }
    return run();
  });
}
