import { setTimeout as pause } from "node:timers/promises";
import { SetupError } from "#lib/errors.ts";
import type { Running } from "../keep-alive.ts";

const patienceMs = 60_000;
/** How long a first index is waited for; a large one is built while readers already come. */
const indexPatienceMs = 30_000;

/**
 * Waits until the site can serve a search, and for a while until it does so from its index; a process
 * that ends before is the failure.
 */
export async function waitUntilReady(
  url: string,
  parts: Record<string, Running>,
  signal: AbortSignal,
): Promise<void> {
  let ended = "";
  for (const [name, part] of Object.entries(parts)) {
    part.exited.then((reason) => {
      ended ||= `${name} did not start: ${reason}. Its own words are above.`;
    });
  }
  const began = Date.now();
  const deadline = began + patienceMs;
  for (let last = "no answer"; ; ) {
    signal.throwIfAborted();
    if (ended) throw new SetupError(ended);
    const answer = await fetch(`${url}/api/ready`, { signal: AbortSignal.timeout(10_000) }).catch(
      () => null,
    );
    const text = await answer?.text().catch(() => "");
    const isWhole = text?.includes('"meilisearch":true') ?? false;
    if (answer?.ok && (isWhole || Date.now() > began + indexPatienceMs)) return;
    if (answer) last = `${answer.status} ${text?.slice(0, 200)}`;
    if (Date.now() > deadline) {
      throw new SetupError(`${url}/api/ready does not become well: ${last}`);
    }
    await pause(100, undefined, { signal });
  }
}
