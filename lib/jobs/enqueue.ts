import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";

/**
 * Says, inside the caller's own transaction, that what readers see of one therapist has changed.
 * Several changes before the worker comes by are one job: it reads the truth anew anyway, and has it
 * brought to each search node (`enqueueNodeWrites`).
 */
export async function enqueueReindex(therapistId: string, db: Db): Promise<void> {
  await db.execute(sql`
    select graphile_worker.add_job(
      'profile.reindex',
      json_build_object('therapistId', ${therapistId}::text),
      job_key => ${`profile.reindex:${therapistId}`}::text
    )`);
}

/** The same for a change to many therapists at once: entries and every node's index are built anew. */
export async function enqueueReindexAll(db: Db): Promise<void> {
  await db.execute(
    sql`select graphile_worker.add_job('directory.reindex', job_key => 'directory.reindex')`,
  );
}

/** Tries of one mail; with the queue's growing pauses they span about 16 hours. */
const SEND_ATTEMPTS = 12;

/**
 * Has one waiting mail sent. Mail that somebody waits for in front of a screen goes before the rest.
 * A job that is just at it is left alone: a second one would send the mail twice.
 */
export async function enqueueSend(
  mailId: string,
  db: Db,
  { urgent = false }: { urgent?: boolean } = {},
): Promise<void> {
  const key = `mail.send:${mailId}`;
  await db.execute(sql`
    select graphile_worker.add_job(
      'mail.send',
      json_build_object('mailId', ${mailId}::text),
      job_key => ${key}::text,
      max_attempts => ${SEND_ATTEMPTS}::integer,
      priority => ${urgent ? -10 : 0}::integer
    )
    where not exists (
      select from graphile_worker.jobs where key = ${key} and locked_at is not null)`);
}

/**
 * Has the registers that we read by machine asked about the open looks of a case. One case after
 * the other, so that registers are asked no faster with more workers.
 */
export async function enqueueRegisterLook(caseId: string, db: Db): Promise<void> {
  await db.execute(sql`
    select graphile_worker.add_job(
      'registers.look',
      json_build_object('caseId', ${caseId}::text),
      queue_name => 'registers.look',
      job_key => ${`registers.look:${caseId}`}::text
    )`);
}

/** Has a register's file read; two readings of one file would be in each other's way. */
export async function enqueueRegisterReading(sourceId: string, db: Db): Promise<void> {
  await db.execute(sql`
    select graphile_worker.add_job(
      'registers.read',
      json_build_object('sourceId', ${sourceId}::text),
      queue_name => 'registers.read',
      job_key => ${`registers.read:${sourceId}`}::text,
      max_attempts => 8
    )`);
}

/** Has everyone held against the exclusion list that was just read. */
export async function enqueueExclusionMatch(db: Db): Promise<void> {
  await db.execute(
    sql`select graphile_worker.add_job('registers.match', job_key => 'registers.match')`,
  );
}
