import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { mails } from "#db/schema/mails.ts";
import type { OwnReason } from "./rules.ts";

const lost: OwnReason = "lost-job";

/** Gives up mails that wait for a job that will never come: its worker was killed at the last try. */
export async function mendLostMails(db: Db): Promise<void> {
  await db.execute(sql`
    update ${mails} set state = 'failed', last_error = ${lost}
    where state = 'waiting' and not exists (
      select from graphile_worker.jobs
      where key = 'mail.send:' || ${mails.id}
        and (attempts < max_attempts or locked_at is not null))`);
}
