import { inArray, sql } from "drizzle-orm";
import type { WorkerEvents } from "graphile-worker";
import type { Db } from "#db/client.ts";
import { workers } from "#db/schema/jobs.ts";
import { heartbeat } from "./readiness.ts";

/** The ids by which the queue writes down who has a job: those of pools, not of their workers. */
export function idsOfPools(events: WorkerEvents): string[] {
  const ids: string[] = [];
  events.on("pool:create", ({ workerPool }) => ids.push(workerPool.id));
  return ids;
}

/**
 * Says that these workers are there, and frees the jobs of any that have been silent too long, or
 * that died before they said anything.
 */
export async function beat(ids: readonly string[], db: Db): Promise<void> {
  if (ids.length > 0) {
    await db
      .insert(workers)
      .values(ids.map((id) => ({ id })))
      .onConflictDoUpdate({ target: workers.id, set: { seenAt: sql`now()` } });
  }
  const longAgo = sql`now() - make_interval(secs => ${heartbeat.awayAfterSeconds})`;
  await db.execute(sql`
    with silent as (
      delete from ${workers} where seen_at < ${longAgo} returning id
    ), unheard as (
      select distinct locked_by as id from graphile_worker.jobs
      where locked_at < ${longAgo} and locked_by not in (select id from ${workers})
    )
    select graphile_worker.force_unlock_workers(array_agg(id))
    from (select id from silent union select id from unheard) as away having count(*) > 0`);
}

/** Says that these have ended. What they could not end is freed. */
export async function forget(ids: readonly string[], db: Db): Promise<void> {
  if (ids.length === 0) return;
  const ended = sql`array(select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`;
  await db.execute(sql`select graphile_worker.force_unlock_workers(${ended})`);
  await db.delete(workers).where(inArray(workers.id, [...ids]));
}
