import { startMeilisearch } from "./meilisearch.ts";
import { startPostgres } from "./postgres.ts";

/** What a keeper tells its launcher. */
export type KeeperMessage = { ready: number } | { failed: string } | { ended: string };

/**
 * Runs one engine and stops it when the launcher says so or is gone: the launcher may be killed at
 * any moment and leaves nothing behind. Detached, so that Ctrl-C reaches the launcher alone.
 */
async function keep(name: string, dataDir: string, durable: boolean): Promise<void> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.on("disconnect", stop);
  process.on("SIGTERM", stop);
  for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => {});
  const start = name === "postgres" ? startPostgres : startMeilisearch;
  const engine = await start({ dataDir, durable, signal: stopping.signal });
  tell({ ready: engine.port });
  const stopped = new Promise<null>((resolve) => {
    if (stopping.signal.aborted) resolve(null);
    stopping.signal.addEventListener("abort", () => resolve(null));
  });
  const words = await Promise.race([engine.exited, stopped]);
  await engine.stop();
  if (words !== null) tell({ ended: words });
}

function tell(message: KeeperMessage): void {
  if (process.connected) process.send?.(message);
}

const [name = "", dataDir = "", mode] = process.argv.slice(2);
try {
  await keep(name, dataDir, mode !== "throw-away");
} catch (error) {
  tell({ failed: error instanceof Error ? error.message : String(error) });
}
if (process.connected) process.disconnect?.();
