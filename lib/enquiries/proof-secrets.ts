import { keyedHash } from "#lib/sealing/seal.ts";

/** What signs puzzles and their answers, the same in all processes. @throws SetupError without a master key */
export function proofSecrets() {
  return {
    hmacSignatureSecret: keyedHash("puzzle", "proof-of-work"),
    hmacKeySignatureSecret: keyedHash("answer", "proof-of-work"),
  };
}
