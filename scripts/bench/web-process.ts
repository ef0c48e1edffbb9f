import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { startService } from "../up/child.ts";
import type { Environment } from "../up/environment.ts";

const usage = z.object({ rss: z.number(), heapUsed: z.number() });
export type MemoryUse = z.infer<typeof usage>;

export type WebProcess = {
  url: string;
  /** Bytes, half a second old at most. */
  memory: () => MemoryUse;
  stop: () => Promise<void>;
};

/** The production web process as `npm run up` starts it, with a look at its memory. */
export async function startWeb(environment: Environment, dataDir: string): Promise<WebProcess> {
  const file = join(dataDir, "web-memory.json");
  const preload = `--import=${import.meta.resolve("./report-memory.ts")}`;
  const web = startService("web", [], {
    ...environment,
    BENCH_MEMORY_FILE: file,
    NODE_OPTIONS: [environment.NODE_OPTIONS, preload].filter(Boolean).join(" "),
  });
  try {
    const url = `http://127.0.0.1:${await web.listening}`;
    await pause(700);
    return {
      url,
      memory: () => usage.parse(JSON.parse(readFileSync(file, "utf8"))),
      stop: () => web.stop(),
    };
  } catch (error) {
    await web.stop();
    throw error;
  }
}
