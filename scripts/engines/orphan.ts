import { setTimeout as pause } from "node:timers/promises";
import { SetupError } from "#lib/errors.ts";
import { identify } from "../bootstrap/identity.mjs";

/** Asks the process to stop, more and more firmly, until that very process is gone. */
export async function stopOrphan(pid: number, signals: NodeJS.Signals[]): Promise<void> {
  const identity = identify(pid);
  for (const signal of signals) {
    if (identify(pid) !== identity || identity === null) return;
    send(pid, signal);
    const patience = Date.now() + 8_000;
    while (Date.now() < patience) {
      if (identify(pid) !== identity) return;
      await pause(50);
    }
  }
  throw new SetupError(
    `An engine of an earlier run (process ${pid}) does not stop; end it by hand.`,
  );
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return;
    throw new SetupError(`Process ${pid} of an earlier run belongs to someone else; end it first.`);
  }
}
