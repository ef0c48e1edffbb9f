import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { SetupError } from "#lib/errors.ts";
import { root } from "../checkout.ts";
import type { KeeperMessage } from "./keeper.ts";

export interface KeptEngine {
  port: number;
  /** Settles with the reason when the engine ended, asked or not. */
  exited: Promise<string>;
  stop(): Promise<void>;
}

/** Starts one engine under its keeper and waits until it answers. */
export async function startKeeper(
  name: "postgres" | "meilisearch",
  dataDir: string,
  { durable }: { durable: boolean },
): Promise<KeptEngine> {
  const script = join(root, "scripts", "engines", "keeper.ts");
  const args = [script, name, dataDir, durable ? "durable" : "throw-away"];
  const keeper = spawn(process.execPath, ["--max-old-space-size=64", ...args], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  let reason = "";
  const gone = once(keeper, "exit");
  const exited = gone.then(() => reason || "its keeper was killed");
  const port = await new Promise<number>((resolve, reject) => {
    keeper.on("message", (message: KeeperMessage) => {
      if ("ready" in message) resolve(message.ready);
      else reason = "failed" in message ? message.failed : message.ended;
    });
    keeper.once("error", (error) => reject(new SetupError(`${name}: ${error.message}`)));
    exited.then((words) => reject(new SetupError(words)));
  });
  const stop = async () => {
    if (keeper.connected) keeper.disconnect();
    // It insists with its engine after 15 s; a keeper that hangs even then is given up.
    const limit = setTimeout(() => keeper.kill("SIGKILL"), 25_000);
    await gone;
    clearTimeout(limit);
  };
  return { port, exited, stop };
}
