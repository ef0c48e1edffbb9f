import disk, { type FileHandle } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

// A fault that is planted: loaded before a process of ours, it counts each step that is taken on
// files below a folder, and at one of them the process is killed, or the disk is full.
const { STRIKE_BELOW: folder = "", STRIKE_AT: at = "", STRIKE_BY: by = "" } = process.env;
let steps = 0;

/** @param half what is done of the step all the same */
async function step(half: () => Promise<unknown> = async () => {}): Promise<void> {
  steps += 1;
  if (steps !== Number(at)) return;
  await half();
  if (by === "SIGKILL") process.kill(process.pid, "SIGKILL");
  throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
}

for (const name of ["mkdir", "open", "rename"] as const) {
  const real = disk[name] as (...given: unknown[]) => Promise<unknown>;
  const watched = async (...given: unknown[]) => {
    if (!String(given[0]).startsWith(folder)) return real(...given);
    await step();
    const got = await real(...given);
    return name === "open" ? withSteps(got as FileHandle) : got;
  };
  Object.assign(disk, { [name]: watched });
}
syncBuiltinESMExports();

function withSteps(file: FileHandle): FileHandle {
  const { writeFile, sync } = file;
  const write = async (bytes: Uint8Array) => {
    await step(() => file.write(bytes.subarray(0, bytes.length / 2)));
    await writeFile.call(file, bytes);
  };
  const flush = async () => {
    await step();
    await sync.call(file);
  };
  return Object.assign(file, { writeFile: write, sync: flush });
}
