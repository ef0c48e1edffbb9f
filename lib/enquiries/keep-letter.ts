import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { enquiries } from "#db/schema/enquiries.ts";
import type { Day } from "#lib/vetting/rules.ts";
import { letterEnd, mostLettersADay } from "./rules.ts";

type Letter = Pick<typeof enquiries.$inferInsert, "therapistId" | "tokenHash" | "ciphertext">;

/**
 * Puts a letter into an inbox, in the caller's transaction. When the day is full, it takes the place
 * of any other of that day: a flood never reaches earlier days, and who comes after it gets through.
 */
export async function keepLetter(letter: Letter, today: Day, tx: Db): Promise<void> {
  const expiresOn = letterEnd(today);
  const ofToday = sql`therapist_id = ${letter.therapistId} and expires_on = ${expiresOn}::date`;
  // Nobody waits here for anyone: a crowd leaves a few too many, and the next letter mends that.
  await tx.execute(sql`
    delete from ${enquiries} where id in (
      select id from ${enquiries} where ${ofToday} order by random()
      limit greatest(0, 1 - ${mostLettersADay} + (
        select count(*) from ${enquiries} where ${ofToday}))
      for update skip locked)`);
  await tx.insert(enquiries).values({ ...letter, expiresOn });
}
