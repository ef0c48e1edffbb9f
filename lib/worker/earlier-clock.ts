import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";

/**
 * Now, by this machine's clock or the database's, whichever is behind: what is destroyed for good
 * is destroyed late rather than early.
 */
export async function earlierClock(db: Db): Promise<Date> {
  const [row] = await db.execute<{ now: string }>(sql`select now()::text as now`);
  return new Date(Math.min(Date.now(), new Date(row?.now ?? Date.now()).getTime()));
}
