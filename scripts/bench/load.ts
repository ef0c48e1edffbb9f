import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { stopChild } from "../engines/engine.ts";
import type { Stoppers } from "./stoppers.ts";

export type LoadRequest = { path: string; method?: "GET" | "POST"; body?: string };

export type Load = {
  url: string;
  /** A file with a JSON list of `LoadRequest`. Connections share it out among them. */
  requests: string;
  headers: Record<string, string>;
  connections: number;
  /** Ends after so many seconds, or after each request was made once. */
  until: { seconds: number } | "all-requested";
  /** With seconds: fails when a request would have to be made twice. */
  onceEach: boolean;
};

const result = z.object({
  requestsPerSecond: z.number(),
  requests: z.number(),
  p50: z.number(),
  p99: z.number(),
  /** Answers other than 2xx, lost connections and timeouts. */
  bad: z.number(),
});
export type LoadResult = z.infer<typeof result>;

const answer = z.union([z.object({ result }), z.object({ problem: z.string() })]);

export function writeRequests(file: string, requests: readonly LoadRequest[]): string {
  writeFileSync(file, JSON.stringify(requests));
  return file;
}

/** Runs the load in a process of its own, so that it waits for nothing that we do. */
export async function runLoad(load: Load, stoppers: Stoppers): Promise<LoadResult> {
  const path = fileURLToPath(import.meta.resolve("./load-worker.ts"));
  const child = fork(path, [JSON.stringify(load)], { detached: true });
  const stop = () => stopChild(child, "SIGKILL", 5_000);
  stoppers.add(stop);
  try {
    const [message] = await Promise.race([
      once(child, "message"),
      once(child, "exit").then(() => [{ problem: "the load generator ended without a result" }]),
    ]);
    const said = answer.parse(message);
    if ("problem" in said) throw new Error(said.problem);
    return said.result;
  } finally {
    await stop();
  }
}
