import { sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { keepAbuseDays, oldKeyDays } from "./rules.ts";

/**
 * Forgets keys to which no letter can be left, and what therapists showed of letters 90 days after a
 * moderator dealt with it, unless a lead holds all of that therapist's records. For a job.
 */
export async function forgetOldKeys(now: Date, db: Db = primary()): Promise<void> {
  await db.transaction(async (tx) => {
    const keys = await tx.execute(sql`
      delete from enquiry_keys key
      where least(key.withdrawn_at, (select min(later.active_from) from enquiry_keys later
          where later.therapist_id = key.therapist_id and later.active_from > key.active_from))
        < ${now.toISOString()}::timestamptz - make_interval(days => ${oldKeyDays})
      returning key.id`);
    const notes = await tx.execute(sql`
      update abuse_notes note set sealed_words = null
      where note.sealed_words is not null
        and note.settled_on < ${addDays(todayUtc(now), -keepAbuseDays)}::date
        and not exists (select from legal_holds held
          where held.therapist_id = note.therapist_id and held.lifted_at is null)
      returning note.id`);
    const subject = { kind: "retention", id: todayUtc(now) };
    const gone = { keys: keys.length, abuseNotes: notes.length };
    if (gone.keys + gone.abuseNotes === 0) return;
    await appendEvent({ actorId: null, verb: "enquiries.forget", subject, details: gone }, tx);
  });
}
