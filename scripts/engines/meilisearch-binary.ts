import { spawnSync } from "node:child_process";
import { chmodSync, constants, copyFileSync, existsSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { SetupError } from "#lib/errors.ts";
import { root } from "../checkout.ts";

/**
 * The packaged server, whose file has no run bit. It gets one where npm put it; in a node_modules
 * that is not ours to change, a copy with the data gets it.
 */
export function usableMeilisearch(dataDir: string): string {
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  const folder = join(root, "node_modules", "@gaubee", `meilisearch-${process.platform}-${arch}`);
  const packaged = join(folder, "meilisearch");
  if (!existsSync(packaged)) throw new SetupError(missing());
  if (complaintOf(packaged) === null) return packaged;
  const usable = setRunBit(packaged) ? packaged : refreshedCopy(packaged, dataDir);
  const complaint = complaintOf(usable);
  if (complaint === null) return usable;
  throw new SetupError(`The packaged Meilisearch does not run here: ${complaint}\n${advice}`);
}

/** What goes wrong when it is run; null when nothing does. */
function complaintOf(binary: string): string | null {
  const tried = spawnSync(binary, ["--version"], { encoding: "utf8" });
  if (tried.status === 0) return null;
  return tried.error?.message ?? tried.stderr.trim();
}

function setRunBit(path: string): boolean {
  try {
    chmodSync(path, 0o755);
    return true;
  } catch {
    return false;
  }
}

function refreshedCopy(packaged: string, dataDir: string): string {
  const copy = join(dataDir, "meilisearch-server");
  if (existsSync(copy) && statSync(copy).size === statSync(packaged).size) return copy;
  const draft = `${copy}.${process.pid}`;
  copyFileSync(packaged, draft, constants.COPYFILE_FICLONE);
  chmodSync(draft, 0o700);
  renameSync(draft, copy);
  return copy;
}

const advice =
  "  Install Meilisearch 1.21 or newer (https://www.meilisearch.com/docs/learn/self_hosted),\n" +
  "  start it with a master key, and set MEILI_URL and MEILI_MASTER_KEY, for example\n" +
  "  MEILI_URL=http://127.0.0.1:7700";

function missing(): string {
  return `There is no packaged Meilisearch for ${process.platform}-${process.arch}.\n${advice}`;
}
