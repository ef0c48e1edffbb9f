import { sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { replies } from "#db/schema/enquiries.ts";
import { sealNothing } from "#lib/letters/letter.ts";
import { tokenHashOf } from "#lib/letters/mailbox.ts";
import { type Day, todayUtc } from "#lib/vetting/rules.ts";
import { type ProofProblem, replySlots } from "./rules.ts";
import type { MailboxRequest } from "./schema.ts";
import { spendProof } from "./spend-proof.ts";

export type Slots = { slots: string[] } | { problem: ProofProblem };

/**
 * What waits for whoever has a codename: always four files of one size, filled up with such as no
 * one can open. A mailbox that never was takes the same work and gives the same bytes in number.
 */
export async function fetchReplies(
  { token, proof }: MailboxRequest,
  now: Date,
  db: Db = primary(),
): Promise<Slots> {
  const tokenHash = (await tokenHashOf(token)) ?? "";
  // All of them each time: to make only those that are missing would tell by its time.
  const empty = await Promise.all(Array.from({ length: replySlots }, sealNothing));
  return db.transaction(async (tx) => {
    const problem = await spendProof(proof, { purpose: "fetch", now }, tx);
    if (problem !== null) return { problem };
    const waiting = await listWaiting(tokenHash, todayUtc(now), tx);
    return { slots: [...waiting, ...empty].slice(0, replySlots) };
  });
}

/** The newest of each therapist first, so that no one's answers push out another's. */
async function listWaiting(tokenHash: string, today: Day, tx: Db): Promise<string[]> {
  const rows = await tx.execute<{ ciphertext: string }>(sql`
    select ciphertext from (
      select id, ciphertext, expires_on, row_number() over (
        partition by therapist_id order by expires_on desc, id) as place
      from ${replies} where token_hash = ${tokenHash} and expires_on >= ${today}::date) waiting
    order by place, expires_on desc, id
    limit ${replySlots}`);
  return rows.map(({ ciphertext }) => ciphertext);
}
