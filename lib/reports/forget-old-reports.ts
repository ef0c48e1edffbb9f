import { sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { keepWordsDays } from "./rules.ts";

/**
 * Forgets what readers wrote, and the way back to them, once their case has been closed for 90 days,
 * unless a lead holds all of that therapist's records. Kind, day and outcome stay, for the numbers.
 */
export async function forgetOldReports(now: Date, db: Db = primary()): Promise<void> {
  await db.transaction(async (tx) => {
    const forgotten = await tx.execute(sql`
      update reports set sealed_words = null, reply_token_hash = null, reply_recipient = null
      from cases
      where cases.id = reports.case_id
        and (reports.sealed_words is not null or reports.reply_token_hash is not null)
        and cases.closed_at < ${now.toISOString()}::timestamptz - make_interval(days => ${keepWordsDays})
        and not exists (select from legal_holds held
          where held.therapist_id = reports.therapist_id and held.lifted_at is null)
      returning reports.id`);
    if (forgotten.length === 0) return;
    const subject = { kind: "retention", id: todayUtc(now) };
    const details = { reports: forgotten.length };
    await appendEvent({ actorId: null, verb: "report.forget", subject, details }, tx);
  });
}
