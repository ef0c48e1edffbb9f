import { sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { appendEvent } from "#lib/audit/append-event.ts";

/** What is deleted, and how many days after which moment. A mail that failed holds a sealed address. */
export const retention = [
  { table: "mails", since: "useless_after", days: 1, where: "state = 'failed'" },
  { table: "mails", since: "created_at", days: 30, where: "state = 'failed'" },
  { table: "mails", since: "sent_at", days: 90, where: "state = 'sent'" },
  // A reminder goes out 60 days before an end at most, so by then that end has long passed.
  { table: "reminders", since: "sent_on", days: 120, where: "true" },
] as const;

/** Forgets mails that went, or never will, and which reminders went. Mails that wait stay. */
export async function purgeOldMails(now: Date, db: Db = primary()): Promise<void> {
  await db.transaction(async (tx) => {
    const gone: Record<string, number> = {};
    for (const { table, since, days, where } of retention) {
      const rows = await tx.execute(sql`
        delete from ${sql.identifier(table)}
        where ${sql.raw(where)} and ${sql.identifier(since)}
          < ${now.toISOString()}::timestamptz - make_interval(days => ${days})
        returning 1`);
      if (rows.length > 0) gone[table] = (gone[table] ?? 0) + rows.length;
    }
    if (Object.keys(gone).length === 0) return;
    const subject = { kind: "retention", id: now.toISOString().slice(0, 10) };
    await appendEvent({ actorId: null, verb: "mail.purge", subject, details: gone }, tx);
  });
}
