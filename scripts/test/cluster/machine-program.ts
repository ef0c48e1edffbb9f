import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { stopChild, whenGone } from "../../engines/engine.ts";
import { isFree } from "../../engines/free-port.ts";
import type { UserIds } from "../../engines/unprivileged.ts";
import type { Running } from "../../keep-alive.ts";

type Options = {
  /** Where it listens on this machine. */
  port: number;
  /** Whom it runs as, where it refuses root. */
  user?: UserIds | undefined;
};

/**
 * Starts a program of the machine that stays in front, and waits until it listens. The kernel ends it
 * when we are gone: it knows nothing of our channel, and we may be killed at any moment.
 */
export async function startProgram(command: string[], { port, user }: Options): Promise<Running> {
  const as = user ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups"] : [];
  const child = spawn("setpriv", [...as, "--pdeathsig", "TERM", "--", ...command], {
    detached: true,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const exited = whenGone(child, () => "");
  while (await isFree(port, "127.0.0.1")) {
    if (child.exitCode !== null || child.signalCode !== null || !child.pid) {
      throw new Error(`${command[0]} did not start: ${await exited}`);
    }
    await pause(20);
  }
  return { exited, stop: () => stopChild(child, "SIGTERM", 5_000) };
}
