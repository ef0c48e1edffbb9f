import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { dailyCounts } from "#db/schema/enquiries.ts";
import type { Day } from "#lib/vetting/rules.ts";

/** Counts one more of something on a day, in the caller's transaction; false when the day is full. */
export async function countToday(
  { subject, most }: { subject: string; most: number },
  today: Day,
  tx: Db,
): Promise<boolean> {
  const [counted] = await tx
    .insert(dailyCounts)
    .values({ subject, day: today, count: 1 })
    .onConflictDoUpdate({
      target: [dailyCounts.subject, dailyCounts.day],
      set: { count: sql`${dailyCounts.count} + 1` },
      setWhere: sql`${dailyCounts.count} < ${most}`,
    })
    .returning({ count: dailyCounts.count });
  return counted !== undefined;
}
