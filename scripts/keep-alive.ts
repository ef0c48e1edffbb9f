import { setTimeout as pause } from "node:timers/promises";

export interface Running {
  exited: Promise<string>;
  stop(): Promise<void>;
}

export interface Alive<T extends Running> {
  current(): T;
  /** Ends this run and begins a new one at once. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const longestPause = 30_000;
const healthyAfter = 60_000;

/**
 * Starts a part and starts it again whenever it ends, after 1 s, 2 s, 4 s ... 30 s; a minute of good
 * health begins the count anew. The first start may throw; later ones are tried until they work.
 */
export async function keepAlive<T extends Running>(
  name: string,
  start: () => Promise<T>,
  { say, onBack }: { say: (line: string) => void; onBack?: (now: T) => unknown },
): Promise<Alive<T>> {
  const stopping = new AbortController();
  let current = await start();
  let wanted = false;
  const watching = watch();

  async function watch(): Promise<void> {
    for (let failures = 0; ; ) {
      const since = Date.now();
      let reason = await current.exited;
      if (stopping.signal.aborted) return;
      if (wanted) failures = 0;
      else if (Date.now() - since > healthyAfter) failures = 1;
      else failures += 1;
      for (let up = false; !up; ) {
        if (!wanted) await announce(reason, failures);
        wanted = false;
        if (stopping.signal.aborted) return;
        try {
          current = await start();
          up = true;
        } catch (error) {
          reason = error instanceof Error ? error.message : String(error);
          failures += 1;
        }
      }
      if (stopping.signal.aborted) return current.stop();
      if (failures > 0) say(`${name} runs again.`);
      await onBack?.(current);
    }
  }

  async function announce(reason: string, failures: number): Promise<void> {
    const wait = Math.min(longestPause, 1_000 * 2 ** (failures - 1));
    say(`${name} stopped: ${reason}\n  It is started again in ${wait / 1_000} s.`);
    await pause(wait, undefined, { signal: stopping.signal }).catch(() => {});
  }

  return {
    current: () => current,
    restart: () => {
      wanted = true;
      return current.stop();
    },
    stop: async () => {
      stopping.abort();
      await current.stop();
      await watching;
    },
  };
}
