import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { locks } from "#db/locks.ts";

const lookAgainMs = 100;

/** The entries in Postgres are an index as well. No node is called so: their names have a port. */
export const entriesIndex = "entries";

/**
 * Many profiles may be written to one node's index at once, but none while it is rebuilt beside: what
 * a job wrote to the old one would be gone with the swap. And no profile by two jobs at once: the one
 * that read first could write last. Nodes do not wait for each other. Holds across processes, ends
 * with them.
 * @param what without a therapist: the whole of it
 * @param run is handed the lock's own transaction: what asks by another connection needs two of them,
 *   and a pooler with few would have all wait for each other (docs/decisions/0032)
 */
export async function withIndexLock<T>(
  what: { index: string; therapistId?: string },
  db: Db,
  run: (tx: Db) => Promise<T>,
): Promise<T> {
  const { index, therapistId } = what;
  if (therapistId === undefined) {
    return db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${locks.index}, hashtext(${index}))`);
      return run(tx);
    });
  }
  for (;;) {
    const done = await db.transaction(async (tx) =>
      (await isFree(index, therapistId, tx)) ? { given: await run(tx) } : null,
    );
    if (done) return done.given;
    // Nobody keeps a connection while waiting: a rebuild takes minutes, and all jobs come meanwhile.
    await pause(lookAgainMs);
  }
}

/** Takes both locks if nobody else has them; a rebuild that waits for its own goes first. */
async function isFree(index: string, therapistId: string, tx: Db): Promise<boolean> {
  const profile = `${therapistId} ${index}`;
  const [row] = await tx.execute<{ free: boolean }>(sql`
    select pg_try_advisory_xact_lock_shared(${locks.index}, hashtext(${index}))
      and pg_try_advisory_xact_lock(${locks.profileInIndex}, hashtext(${profile})) as free`);
  return row?.free === true;
}
