import { type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import { root } from "../checkout.ts";
import type { Alive, Running } from "../keep-alive.ts";

const folders = ["lib", "db", "scripts"];

/**
 * Restarts a service when code changes. Not `node --watch`: that watcher would outlive a launcher
 * that was killed.
 * @returns what ends the watching
 */
export function restartOnChange(service: Alive<Running>): () => void {
  let timer: NodeJS.Timeout | undefined;
  const changed = (name: string | null) => {
    if (name && !/\.(ts|json)$|\.test\.ts$/.test(name)) return;
    clearTimeout(timer);
    timer = setTimeout(() => service.restart(), 200);
  };
  const watchers: FSWatcher[] = folders.map((folder) =>
    watch(join(root, folder), { recursive: true }, (_event, name) => changed(name)),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
