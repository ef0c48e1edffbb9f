import { eq, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { enquiries } from "#db/schema/enquiries.ts";
import { therapists } from "#db/schema/profiles.ts";
import { lockTherapists } from "#lib/cases/access.ts";
import type { Day } from "#lib/vetting/rules.ts";
import { letterEnd, mostLettersADay } from "./rules.ts";

type Letter = Pick<typeof enquiries.$inferInsert, "therapistId" | "tokenHash" | "ciphertext">;

/**
 * Puts a letter into an inbox, in the caller's transaction. When the day is full, it takes the place
 * of any other of that day: a flood never reaches earlier days, and who comes after it gets through.
 */
export async function keepLetter(letter: Letter, today: Day, tx: Db): Promise<void> {
  const { therapistId } = letter;
  const expiresOn = letterEnd(today);
  // One after the other, so that no crowd gets past the limit.
  await lockTherapists(eq(therapists.id, therapistId), tx);
  await tx.execute(sql`
    delete from ${enquiries} where id in (
      select id from ${enquiries}
      where therapist_id = ${therapistId} and expires_on = ${expiresOn}::date
      order by random()
      limit greatest(0, 1 - ${mostLettersADay} + (
        select count(*) from ${enquiries}
        where therapist_id = ${therapistId} and expires_on = ${expiresOn}::date)))`);
  await tx.insert(enquiries).values({ ...letter, expiresOn });
}
