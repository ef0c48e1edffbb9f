import { sql } from "drizzle-orm";
import { type ParsedCronItem, parseCronItems } from "graphile-worker";
import type { Db } from "#db/client.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const TRIES = 8;

/** Mails go in the morning of the Americas and the afternoon of Europe. Times are UTC. */
const times = {
  "openings.remind": "17 15 * * *",
  "expiry.remind": "27 15 * * *",
  "enquiries.digest": "7 15 * * *",
  "mails.mend": "37 15 * * *",
  "accounts.purge": "17 4 * * *",
  "documents.purge": "27 4 * * *",
  "checks.watch": "37 4 * * *",
  "registers.due": "7 5 * * *",
  "rows.purge": "47 * * * *",
} as const;

export type ScheduledTask = keyof typeof times;
const scheduled = Object.keys(times) as ScheduledTask[];

/** With several workers each is enqueued once; a day that nobody was up for is made good. */
export function schedule(): ParsedCronItem[] {
  return parseCronItems(
    scheduled.map((task) => ({
      task,
      match: times[task],
      options: { backfillPeriod: DAY_MS, jobKey: task, maxAttempts: TRIES },
    })),
  );
}

/** Has them all done now as well, for machines that are seldom up at those hours. */
export async function enqueueScheduledTasks(db: Db): Promise<void> {
  for (const task of scheduled) {
    await db.execute(
      sql`select graphile_worker.add_job(${task}, job_key => ${task}, max_attempts => ${TRIES}::integer)`,
    );
  }
}
