import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/**
 * A folder for the store on a disk with 16 KB of room; call it at the top of the file. Where nobody
 * may mount one, it is a folder in which nothing can be made.
 */
export function smallDisk(): { folder: string; real: boolean; grow: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "parasol-disk-"));
  const mount = (options: string) =>
    spawnSync("mount", ["-t", "tmpfs", "-o", options, "x", folder]);
  const real = mount("size=16k,mode=0700").status === 0;
  const inTheWay = join(folder, "store");
  if (!real) writeFileSync(inTheWay, "");
  afterAll(() => {
    if (real) spawnSync("umount", ["--lazy", folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    real,
    grow: () => {
      if (real) mount("remount,size=16m");
      else rmSync(inTheWay);
    },
  };
}
