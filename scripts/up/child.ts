import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "../checkout.ts";
import { stopChild, whenGone } from "../engines/engine.ts";
import type { Running } from "../keep-alive.ts";

export type Environment = Record<string, string | undefined>;

export interface ServiceProcess extends Running {
  /** The port it reported by `{ listening: { port } }`; rejects when it ends before. */
  listening: Promise<number>;
}

/** Starts web or worker in its own process group: Ctrl-C reaches us alone, and we stop it in order. */
export function startService(name: string, args: string[], env: Environment): ServiceProcess {
  const child = spawn(process.execPath, [join(root, "scripts", `${name}.ts`), ...args], {
    cwd: root,
    detached: true,
    env: env as NodeJS.ProcessEnv,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exited = whenGone(child, () => "");
  const listening = new Promise<number>((resolve, reject) => {
    child.on("message", (message: { listening?: { port: number } }) => {
      if (message.listening) resolve(message.listening.port);
    });
    exited.then((reason) => reject(new Error(reason)));
  });
  listening.catch(() => {});
  return { exited, listening, stop: () => stopChild(child, "SIGTERM", 15_000) };
}

/** Runs a script to its end. An abort stops it and waits for that. @throws when it fails */
export async function runScript(
  path: string,
  env: Environment,
  { signal, onStart }: { signal: AbortSignal; onStart?: (pid: number | undefined) => void },
): Promise<void> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, [join(root, path)], {
    cwd: root,
    detached: true,
    env: env as NodeJS.ProcessEnv,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  onStart?.(child.pid);
  // The whole group: a script may have started a tool of its own.
  const stop = () => child.pid && process.kill(-child.pid, "SIGTERM");
  signal.addEventListener("abort", stop, { once: true });
  const [code] = await once(child, "exit");
  signal.removeEventListener("abort", stop);
  signal.throwIfAborted();
  if (code !== 0) throw new Error(`${path} ended with ${code}`);
}
