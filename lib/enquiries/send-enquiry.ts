import { type Db, primary } from "#db/client.ts";
import { isSealedLetter } from "#lib/letters/letter.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { getActiveKey } from "./active-key.ts";
import { keepLetter } from "./keep-letter.ts";
import type { ProofProblem } from "./rules.ts";
import type { NewLetter } from "./schema.ts";
import { spendProof } from "./spend-proof.ts";

export type SendOutcome = "sent" | "no-key" | "not-sealed" | ProofProblem;

/**
 * Keeps what a reader sealed to a therapist whom readers see, until 30 days from now at most.
 * Nothing is written down of who, when, or that it happened.
 */
export async function sendEnquiry(
  { therapist: slug, tokenHash, ciphertext, proof }: NewLetter,
  now: Date,
  db: Db = primary(),
): Promise<SendOutcome> {
  if (!isSealedLetter(ciphertext)) return "not-sealed";
  const key = await getActiveKey(slug, now, db);
  if (key === null) return "no-key";
  const therapistId = key.therapist;
  return db.transaction(async (tx) => {
    const problem = await spendProof(proof, { purpose: `write:${therapistId}`, now }, tx);
    if (problem !== null) return problem;
    await keepLetter({ therapistId, tokenHash, ciphertext }, todayUtc(now), tx);
    return "sent";
  });
}
