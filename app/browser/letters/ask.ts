import type { Challenge, Proof, ProofRequest } from "#lib/enquiries/schema.ts";
import { solveProof } from "../proof.ts";
import type { Stage } from "./stage.ts";

/** Problems are names of words that stand in the page. */
export type Answer<T> = { ok: true; given: T } | { ok: false; problem: string };

/** What comes with a puzzle: how many tries it takes at most, and the key to seal to. */
export type Offer = {
  challenge: Challenge;
  most?: number;
  key?: { therapist: string; recipient: string; fingerprint: string };
};

/** Sends JSON to the one place that takes sealed letters. Never throws. */
export async function ask<T>(path: string, body: object): Promise<Answer<T>> {
  try {
    const answer = await fetch(`/api/enquiries${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      credentials: "omit",
      cache: "no-store",
      body: JSON.stringify(body),
    });
    // What stands between us and the site may answer in its place, with a page of its own.
    const given = await answer.json().catch(() => null);
    if (answer.ok && given !== null) return { ok: true, given };
    return { ok: false, problem: nameOf(answer, given) };
  } catch {
    return { ok: false, problem: "offline" };
  }
}

export function askOffer(asked: ProofRequest): Promise<Answer<Offer>> {
  return ask("/challenge", asked);
}

/** Does the work for a puzzle, and shows how it goes on. */
export async function prove(
  { challenge, most }: Offer,
  { stage, worker }: { stage: Stage; worker: string },
): Promise<Answer<Proof>> {
  stage.step("working");
  stage.progress(0, most);
  const proof = await solveProof(challenge, worker, (tries) => stage.progress(tries, most));
  return proof ? { ok: true, given: proof } : { ok: false, problem: "no-worker" };
}

function nameOf({ status }: Response, given: { problem?: unknown } | null): string {
  const problem = given?.problem;
  if (typeof problem === "string" && /^(no-key|proof-\w+)$/.test(problem)) {
    return problem === "no-key" ? problem : "proof";
  }
  if (status === 429) return "busy";
  return status === 503 ? "away" : "failed";
}
