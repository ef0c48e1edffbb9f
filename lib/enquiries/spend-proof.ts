import { createHash } from "node:crypto";
import { verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import type { Db } from "#db/client.ts";
import { spentProofs } from "#db/schema/enquiries.ts";
import { everyProofSecrets } from "./proof-secrets.ts";
import type { ProofProblem, Purpose } from "./rules.ts";
import type { Proof } from "./schema.ts";

const HOUR_MS = 60 * 60_000;

/**
 * Takes a proof of work for one thing, in the transaction of that thing: each counts once. Null when
 * it was taken. @throws SetupError without a master key
 */
export async function spendProof(
  { challenge, solution }: Proof,
  { purpose, now }: { purpose: Purpose; now: Date },
  tx: Db,
): Promise<ProofProblem | null> {
  const { verified, expired } = await verify({ challenge, solution });
  const { data, expiresAt } = challenge.parameters;
  const lapses = new Date(expiresAt * 1000);
  if (expired || lapses < now) return "proof-expired";
  if (!verified || data.purpose !== purpose) return "proof-refused";
  const [first] = await tx
    .insert(spentProofs)
    .values({
      digest: createHash("sha256").update(challenge.signature).digest("base64url"),
      lapsesAt: new Date(Math.ceil(lapses.getTime() / HOUR_MS) * HOUR_MS),
    })
    .onConflictDoNothing()
    .returning({ digest: spentProofs.digest });
  return first ? null : "proof-spent";
}

/** By the key of today, or by the other one while the master key is changed. */
async function verify({ challenge, solution }: Proof) {
  const given = {
    challenge,
    solution: { counter: solution.counter, derivedKey: solution.derivedKey },
    deriveKey,
  };
  const [first, other] = everyProofSecrets();
  const result = await verifySolution({ ...given, ...first });
  return result.verified || !other ? result : verifySolution({ ...given, ...other });
}
