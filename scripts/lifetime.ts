export type StopReason = "SIGINT" | "SIGTERM" | "SIGHUP" | "disconnect";

/**
 * Runs the handler once when this process is asked to stop, then exits: with 0, or the number that
 * the handler returns, or 1 when it failed or took longer than the grace. Losing the launcher (the IPC channel) counts
 * as being asked, so nothing outlives a launcher that was killed.
 */
export function onStop(
  handler: (reason: StopReason) => unknown,
  { graceMs = 10_000 }: { graceMs?: number } = {},
): void {
  let stopping = false;
  const stop = async (reason: StopReason) => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), graceMs).unref();
    try {
      const code = await handler(reason);
      process.exit(typeof code === "number" ? code : 0);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      process.exit(1);
    }
  };
  survivePipeLoss();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => stop(signal));
  }
  process.on("disconnect", () => stop("disconnect"));
  if (process.send && !process.connected) void stop("disconnect");
  // Listening alone must not keep a finished command alive.
  process.channel?.unref();
}

/** With the launcher its pipes are gone too; a word into them must not end the shutdown. */
function survivePipeLoss(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
}
