import { inArray, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { workers } from "#db/schema/jobs.ts";
import { heartbeat } from "./readiness.ts";

/** Says that these workers are there, and frees the jobs of any that have been silent too long. */
export async function beat(ids: readonly string[], db: Db): Promise<void> {
  if (ids.length > 0) {
    await db
      .insert(workers)
      .values(ids.map((id) => ({ id })))
      .onConflictDoUpdate({ target: workers.id, set: { seenAt: sql`now()` } });
  }
  await db.execute(sql`
    with silent as (
      delete from ${workers}
      where seen_at < now() - make_interval(secs => ${heartbeat.awayAfterSeconds})
      returning id
    )
    select graphile_worker.force_unlock_workers(array_agg(id)) from silent having count(*) > 0`);
}

/** Says that these have ended. What they could not end is freed. */
export async function forget(ids: readonly string[], db: Db): Promise<void> {
  if (ids.length === 0) return;
  const ended = sql`array(select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`;
  await db.execute(sql`select graphile_worker.force_unlock_workers(${ended})`);
  await db.delete(workers).where(inArray(workers.id, [...ids]));
}
