import type { Challenge, Proof } from "#lib/enquiries/schema.ts";

export type FromWorker = { tries: number } | { proof: Proof } | { failed: true };

/**
 * Does the work that a puzzle asks for, in a worker; `onTry` hears how many tries were made.
 * Null where the worker does not load, may not run, or fails.
 */
export async function solveProof(
  challenge: Challenge,
  workerAddress: string,
  onTry: (tries: number) => void,
): Promise<Proof | null> {
  const worker = startWorker(workerAddress);
  if (!worker) return null;
  try {
    return await new Promise<Proof | null>((resolve) => {
      worker.addEventListener("error", () => resolve(null));
      worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
        if ("tries" in data) onTry(data.tries);
        else resolve("proof" in data ? data.proof : null);
      });
      worker.postMessage(challenge);
    });
  } finally {
    worker.terminate();
  }
}

function startWorker(address: string): Worker | null {
  try {
    return new Worker(address);
  } catch {
    return null;
  }
}
