import { chmodSync, existsSync, lstatSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { SetupError } from "#lib/errors.ts";

/**
 * A folder of root's that everyone can pass through, for what an unprivileged engine must reach.
 * Others may write in /var/tmp: a folder there that is not ours alone is never used.
 */
export function readablePlace(name: string): string {
  const parent = existsSync("/var/tmp") ? "/var/tmp" : "/tmp";
  const folder = join(parent, name);
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || found.mode & 0o022) {
    throw new SetupError(`${folder} belongs to someone else. Remove it, then start again.`);
  }
  chmodSync(folder, 0o711);
  return folder;
}
