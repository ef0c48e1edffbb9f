import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";

/**
 * Says, inside the caller's own transaction, that what readers see of one therapist has changed.
 * Several changes before the worker comes by are one job: it reads the truth anew anyway.
 */
export async function enqueueReindex(therapistId: string, db: Db): Promise<void> {
  await db.execute(sql`
    select graphile_worker.add_job(
      'profile.reindex',
      json_build_object('therapistId', ${therapistId}::text),
      job_key => ${`profile.reindex:${therapistId}`}::text
    )`);
}

/** The same for a change to many therapists at once: the whole index is built anew. */
export async function enqueueReindexAll(db: Db): Promise<void> {
  await db.execute(
    sql`select graphile_worker.add_job('directory.reindex', job_key => 'directory.reindex')`,
  );
}
