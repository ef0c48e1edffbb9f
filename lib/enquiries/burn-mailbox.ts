import { eq, inArray } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { enquiries, replies } from "#db/schema/enquiries.ts";
import { reminders } from "#db/schema/mails.ts";
import { reports } from "#db/schema/reports.ts";
import { tokenHashOf } from "#lib/letters/mailbox.ts";
import { type ProofProblem, toldSubject } from "./rules.ts";
import type { MailboxRequest } from "./schema.ts";
import { spendProof } from "./spend-proof.ts";

/**
 * Deletes all letters and answers of a codename, that a therapist was told of them, and the way back
 * of its reports. Whether there was anything, nobody learns. Null when it was done.
 */
export async function burnMailbox(
  { token, proof }: MailboxRequest,
  now: Date,
  db: Db = primary(),
): Promise<ProofProblem | null> {
  const tokenHash = (await tokenHashOf(token)) ?? "";
  return db.transaction(async (tx) => {
    const problem = await spendProof(proof, { purpose: "burn", now }, tx);
    if (problem !== null) return problem;
    const burnt = await tx
      .delete(enquiries)
      .where(eq(enquiries.tokenHash, tokenHash))
      .returning({ id: enquiries.id });
    const told = burnt.map(({ id }) => toldSubject(id));
    await tx.delete(reminders).where(inArray(reminders.subject, told));
    await tx.delete(replies).where(eq(replies.tokenHash, tokenHash));
    await tx
      .update(reports)
      .set({ replyTokenHash: null, replyRecipient: null })
      .where(eq(reports.replyTokenHash, tokenHash));
    return null;
  });
}
