import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";

/** A search node's jobs bear its name, so that its own hands do them, and nobody waits for another's. */
export const nodeTasks = {
  write: (node: string) => `profile.reindex@${node}`,
  rebuild: (node: string) => `directory.reindex@${node}`,
};

/** Has a therapist brought to each node that is fed. The key names them for `listHidden` as well. */
export async function enqueueNodeWrites(therapistId: string, db: Db): Promise<void> {
  await db.execute(sql`
    select graphile_worker.add_job(
      'profile.reindex@' || name,
      json_build_object('therapistId', ${therapistId}::text, 'node', name),
      job_key => 'profile.reindex:' || ${therapistId}::text || ':' || name
    ) from (select name from search_nodes order by name) as nodes`);
}

/** Has the index of each node that is fed built anew. */
export async function enqueueNodeRebuilds(db: Db): Promise<void> {
  await db.execute(sql`
    select graphile_worker.add_job(
      'directory.reindex@' || name,
      json_build_object('node', name),
      job_key => 'directory.reindex:' || name
    ) from (select name from search_nodes order by name) as nodes`);
}

/**
 * Has one node's index built because it has none that may be read. One build on its way is enough,
 * also that of everything. @returns whether this was news
 */
export async function enqueueMissingBuild(node: string, db: Db): Promise<boolean> {
  const made = await db.execute(sql`
    select graphile_worker.add_job(
      'directory.reindex@' || name,
      json_build_object('node', name),
      job_key => 'directory.reindex:' || name
    ) from search_nodes where name = ${node} and not exists (
      select from graphile_worker.jobs
      where key in ('directory.reindex', 'directory.reindex:' || ${node}::text)
        and attempts < max_attempts)`);
  return made.length > 0;
}

/** A node is back: what waits for it, or was given up, is done now. */
export async function hurryNodeJobs(node: string, db: Db): Promise<void> {
  await db.execute(sql`
    select id from graphile_worker.reschedule_jobs(array(
      select id from graphile_worker.jobs
      where task_identifier in (${nodeTasks.write(node)}, ${nodeTasks.rebuild(node)})
        and key is not null and (run_at > now() or attempts >= max_attempts)
    ), run_at => now(), attempts => 0)`);
}

/** A node is at another address: what waits for it goes there. */
export async function moveNodeWrites(from: string, to: string, db: Db): Promise<void> {
  await db.execute(sql`
    select graphile_worker.add_job(
      ${nodeTasks.write(to)},
      json_build_object('therapistId', split_part(key, ':', 2), 'node', ${to}::text),
      job_key => 'profile.reindex:' || split_part(key, ':', 2) || ':' || ${to}::text
    ) from graphile_worker.jobs
    where task_identifier = ${nodeTasks.write(from)} and key is not null`);
}

/**
 * Drops what waits for nodes that nobody feeds any more, and tries that failed while a later job for
 * the same came in their place. Those under way end by themselves.
 */
export async function dropNeedlessNodeJobs(db: Db): Promise<void> {
  await db.execute(sql`
    select id from graphile_worker.complete_jobs(array(
      select id from graphile_worker.jobs
      where task_identifier ~ '^(profile|directory)[.]reindex@'
        and ((key is null and attempts >= max_attempts) or not exists (select from search_nodes
          where name = substring(task_identifier from position('@' in task_identifier) + 1)))
    ))`);
}
