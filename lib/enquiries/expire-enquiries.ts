import { lt, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { dailyCounts, enquiries, replies, spentProofs } from "#db/schema/enquiries.ts";
import { addDays, todayUtc } from "#lib/vetting/rules.ts";
import { toldSubject } from "./rules.ts";

const DAY_MS = 24 * 60 * 60_000;

/**
 * Deletes letters and answers after their last day, and what kept floods away a day after it counts.
 * For a job, every hour. No log: how many there were on which day stays with no one.
 */
export async function expireEnquiries(now: Date, db: Db = primary()): Promise<void> {
  const today = todayUtc(now);
  await db.delete(enquiries).where(lt(enquiries.expiresOn, today));
  await db.delete(replies).where(lt(replies.expiresOn, today));
  await db.execute(sql`
    delete from reminders told where told.subject like ${`${toldSubject("")}%`}
      and not exists (select from enquiries where ${toldSubject("")} || enquiries.id = told.subject)`);
  // A day more than they count: a clock that is a day off must not let one be spent again.
  await db.delete(spentProofs).where(lt(spentProofs.lapsesAt, new Date(now.getTime() - DAY_MS)));
  await db.delete(dailyCounts).where(lt(dailyCounts.day, addDays(today, -1)));
}
