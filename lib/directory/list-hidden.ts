import { and, eq, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { therapists } from "#db/schema/profiles.ts";
import { visibleOn } from "#lib/profiles/visible.ts";

/**
 * Those whom the search index may still hold though readers may not see them: taken down, or with a
 * change that has not reached some node yet: the key of such a job names the therapist, then the
 * node. Few, however large the directory is.
 */
export async function listHidden(today: string, db: Db): Promise<Set<string>> {
  const visible = db
    .select({ one: sql`1` })
    .from(therapists)
    .where(and(eq(therapists.id, sql`waiting.id`), visibleOn(today)));
  const rows = await db.execute<{ id: string }>(sql`
    select id from therapists where listing_state in ('paused', 'suspended', 'removed')
    union
    select waiting.id
    from (select split_part(key, ':', 2) as id from graphile_worker.jobs
      where key like 'profile.reindex:%') waiting
    where not exists (${visible})`);
  return new Set(rows.map(({ id }) => id));
}
