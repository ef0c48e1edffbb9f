import { passingHashes } from "#lib/sealing/seal.ts";

export type ProofSecrets = { hmacSignatureSecret: string; hmacKeySignatureSecret: string };

/** What signs puzzles and their answers, the same in all processes. @throws SetupError without a master key */
export function proofSecrets(): ProofSecrets {
  return everyProofSecrets()[0];
}

/** Those, and while the master key is changed those of the other key, by which others may sign. */
export function everyProofSecrets(): [ProofSecrets, ...ProofSecrets[]] {
  const answers = passingHashes("answer", "proof-of-work");
  return passingHashes("puzzle", "proof-of-work").map((hmacSignatureSecret, at) => ({
    hmacSignatureSecret,
    hmacKeySignatureSecret: answers[at] ?? "",
  })) as [ProofSecrets, ...ProofSecrets[]];
}
