import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { fileFault } from "../file-fault.ts";

/** Under its own name only when all of it is on the disk. */
export async function writeWhole<T>(
  what: string,
  path: string,
  write: (file: FileHandle) => Promise<T>,
): Promise<T> {
  const unfinished = `${path}.part`;
  try {
    const file = await open(unfinished, "w", 0o600);
    const result = await write(file).finally(() => file.close());
    const whole = await open(unfinished, "r");
    await whole.sync().finally(() => whole.close());
    await rename(unfinished, path);
    return result;
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw fileFault(what, path, error);
  }
}

/** @throws SetupError when nothing can be written under this name */
export async function requireWritable(what: string, path: string): Promise<void> {
  const probe = `${path}.part`;
  try {
    await (await open(probe, "w", 0o600)).close();
    await rm(probe);
  } catch (error) {
    throw fileFault(what, path, error);
  }
}
