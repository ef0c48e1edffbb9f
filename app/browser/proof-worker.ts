// Beside the page, so that it stays awake while the work is done.
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";
import type { Challenge } from "#lib/enquiries/schema.ts";
import type { FromWorker } from "./proof.ts";

addEventListener("message", ({ data }: MessageEvent<Challenge>) => {
  solve(data).catch(() => say({ failed: true }));
});

async function solve(challenge: Challenge): Promise<void> {
  let tries = 0;
  const counted: typeof deriveKey = (...given) => {
    tries += 1;
    if (tries % 5 === 0) say({ tries });
    return deriveKey(...given);
  };
  // No end but that of the puzzle itself: old devices take their time.
  const solution = await solveChallenge({ challenge, deriveKey: counted, timeout: 0 });
  say(solution ? { proof: { challenge, solution } } : { failed: true });
}

function say(message: FromWorker): void {
  postMessage(message);
}
