import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";

export type JobCount = { task: string; state: string; count: number; seconds: number };
export type StateCount = { state: string; count: number };

/** Jobs by what they do and where they stand; `seconds` is the age of the oldest ready one. */
export async function countJobs(db: Db): Promise<JobCount[]> {
  return [
    ...(await db.execute<JobCount>(sql`
      select task_identifier as task, state, count(*)::integer as count,
        coalesce(max(extract(epoch from now() - run_at)) filter (where state = 'ready'), 0)::float8
          as seconds
      from (select *, case when locked_at is not null then 'running'
          when attempts >= max_attempts then 'failed'
          when run_at > now() then 'later' else 'ready' end as state
        from graphile_worker.jobs) as jobs
      group by 1, 2 order by 1, 2`)),
  ];
}

export async function countMails(db: Db): Promise<StateCount[]> {
  return [
    ...(await db.execute<StateCount>(sql`
      select state, (select count(*)::integer from mails where mails.state = states.state) as count
      from (values ('waiting'), ('failed')) as states (state)`)),
  ];
}

/** The site's own connections to this database, over all its processes. */
export async function countConnections(db: Db): Promise<StateCount[]> {
  return [
    ...(await db.execute<StateCount>(sql`
      select coalesce(state, 'unknown') as state, count(*)::integer as count from pg_stat_activity
      where datname = current_database() and usename = current_user group by 1 order by 1`)),
  ];
}
