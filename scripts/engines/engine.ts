import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** What the keeper is told when it starts an engine. */
export interface EngineOptions {
  dataDir: string;
  /** False for throw-away data: no waiting for the disk. */
  durable: boolean;
  signal: AbortSignal;
}

/** An engine that answers. */
export interface Engine {
  port: number;
  /** Settles with its last words when the process is gone, whoever ended it. */
  exited: Promise<string>;
  stop(): Promise<void>;
}

/** Keeps the last words of a process in memory: engines write no log files. */
export function lastWords(child: ChildProcess, limit = 2_000): () => string {
  let tail = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      tail = (tail + text).slice(-limit);
    });
  }
  return () => tail.trim();
}

export async function whenGone(child: ChildProcess, words: () => string): Promise<string> {
  if (child.exitCode === null && child.signalCode === null) {
    await Promise.race([once(child, "exit"), once(child, "error")]).catch(() => {});
  }
  return [`it ended (${child.signalCode ?? child.exitCode})`, words()].filter(Boolean).join(": ");
}

/** Asks, waits, and insists when the grace is over. */
export async function stopChild(
  child: ChildProcess,
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill(signal);
  const limit = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await gone;
  clearTimeout(limit);
}
