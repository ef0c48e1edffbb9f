import { setTimeout as pause } from "node:timers/promises";
import { SetupError } from "#lib/errors.ts";
import type { Running } from "../keep-alive.ts";

const patienceMs = 60_000;

/** Waits until the site can serve a search; a process that ends before is the failure. */
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
  const deadline = Date.now() + patienceMs;
  for (let last = "no answer"; ; ) {
    signal.throwIfAborted();
    if (ended) throw new SetupError(ended);
    const answer = await fetch(`${url}/api/ready`, { signal: AbortSignal.timeout(10_000) }).catch(
      () => null,
    );
    const text = await answer?.text().catch(() => "");
    if (answer?.ok) return;
    if (answer) last = `${answer.status} ${text?.slice(0, 200)}`;
    if (Date.now() > deadline) {
      throw new SetupError(`${url}/api/ready does not become well: ${last}`);
    }
    await pause(100, undefined, { signal });
  }
}
