import { and, eq, gte, lt, or, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { enquiries, replies } from "#db/schema/enquiries.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { isSealedReply } from "#lib/letters/letter.ts";
import { type Day, todayUtc } from "#lib/vetting/rules.ts";
import { isAnswered, keptFor, lockOwnListing } from "./access.ts";
import { letterEnd, replyEnd, replySlots } from "./rules.ts";
import type { NewReply } from "./schema.ts";

/**
 * Leaves an answer for whoever wrote a letter; what it answers goes with it, 14 days from now. The
 * log hears nothing: it would keep the time of a conversation for ever.
 * @throws NotFoundError for a letter that is gone or not theirs, ConflictError `unsealed`, or
 * `too-many` while four answers wait already
 */
export async function sendReply(
  actor: Actor,
  { enquiryId, ciphertext }: NewReply,
  now: Date,
  db: Db = primary(),
): Promise<void> {
  if (!isSealedReply(ciphertext)) throw new ConflictError("unsealed");
  const today = todayUtc(now);
  await db.transaction(async (tx) => {
    const therapistId = await lockOwnListing(actor, tx);
    const [letter] = await tx
      .select({ tokenHash: enquiries.tokenHash })
      .from(enquiries)
      .where(and(eq(enquiries.id, enquiryId), keptFor(therapistId, today)));
    if (!letter) throw new NotFoundError();
    const thread = { tokenHash: letter.tokenHash, therapistId };
    if ((await countWaiting(thread, today, tx)) >= replySlots) throw new ConflictError("too-many");
    await endLetters(thread, enquiryId, today, tx);
    await tx.insert(replies).values({ ...thread, ciphertext, expiresOn: replyEnd(today) });
  });
}

type Thread = { tokenHash: string; therapistId: string };

function countWaiting({ tokenHash, therapistId }: Thread, today: Day, tx: Db): Promise<number> {
  const here = and(eq(replies.tokenHash, tokenHash), eq(replies.therapistId, therapistId));
  return tx.$count(replies, and(here, gte(replies.expiresOn, today)));
}

/**
 * The letter and those of earlier days. Others of today may have come since it was read; what was
 * answered before keeps its end.
 */
async function endLetters(
  { tokenHash, therapistId }: Thread,
  enquiryId: string,
  today: Day,
  tx: Db,
): Promise<void> {
  const covered = or(eq(enquiries.id, enquiryId), lt(enquiries.expiresOn, letterEnd(today)));
  await tx
    .update(enquiries)
    .set({ expiresOn: replyEnd(today) })
    .where(
      and(
        eq(enquiries.tokenHash, tokenHash),
        eq(enquiries.therapistId, therapistId),
        covered,
        sql`not ${isAnswered}`,
      ),
    );
}
