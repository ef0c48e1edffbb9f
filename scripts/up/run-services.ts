import { setTimeout as pause } from "node:timers/promises";
import { onStop } from "../lifetime.ts";
import { explain } from "./print.ts";
import { type Run, startAll } from "./start-all.ts";

/**
 * Brings everything up, stays until asked to stop, and leaves nothing running.
 * @param start what `up` brings up, or others in its place
 */
export async function runServices(
  options: { dev: boolean },
  start: (run: Run) => Promise<void> = startAll,
): Promise<void> {
  const stopping = new AbortController();
  const stoppers: (() => unknown)[] = [];
  const run: Run = {
    ...options,
    signal: stopping.signal,
    onStop: (stopper) => stoppers.unshift(stopper),
  };
  const starting = start(run);

  async function stopAll(): Promise<void> {
    stopping.abort();
    // A step on its way is let go to its end, so that what it started is known and stopped.
    await Promise.race([starting.catch(() => {}), pause(8_000)]);
    for (const stopper of stoppers) {
      try {
        await stopper();
      } catch (error) {
        console.error(explain(error));
      }
    }
  }

  onStop(
    async () => {
      console.log("\nStopping ...");
      await stopAll();
      console.log("Stopped. Nothing is left running.");
    },
    { graceMs: 60_000 },
  );

  try {
    await starting;
  } catch (error) {
    if (stopping.signal.aborted) return;
    await stopAll();
    console.error(`\n${explain(error)}`);
    process.exit(1);
  }
}
