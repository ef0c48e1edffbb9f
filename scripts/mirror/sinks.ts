import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Put, writeArchive } from "#lib/backups/archive.ts";
import { SetupError } from "#lib/errors.ts";
import { writeWhole } from "../backup/write-whole.ts";
import { alreadyThere, notEmpty, notFolder, notWritable } from "./words.ts";

/**
 * Writes files into a new or empty folder that nobody else may look into. When it fails half-way,
 * nothing of it stays.
 * @throws SetupError where it is not empty, or cannot be written
 */
export async function intoFolder<T>(folder: string, fill: (put: Put) => Promise<T>): Promise<T> {
  const wasThere = existsSync(folder);
  await makeReady(folder);
  const put: Put = async (name, bytes) => {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, bytes, { mode: 0o600, flag: "wx" });
  };
  try {
    return await fill(put);
  } catch (error) {
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
    if (!wasThere) await rm(folder, { recursive: true });
    throw error;
  }
}

async function makeReady(folder: string): Promise<void> {
  try {
    if (!existsSync(folder)) await mkdir(folder, { mode: 0o700 });
    // Looked at first: a folder of somebody else's is not touched.
    if ((await readdir(folder)).length > 0) throw new SetupError(notEmpty(folder));
    await writeFile(join(folder, ".writable"), "", { flag: "wx" });
    await rm(join(folder, ".writable"));
    await chmod(folder, 0o700);
  } catch (error) {
    if (error instanceof SetupError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new SetupError(code === "ENOTDIR" ? notFolder(folder) : notWritable(folder, code));
  }
}

/**
 * The same files as a tar.gz that only the holder of the recipient's key can open.
 * @throws SetupError where the file is there already, or cannot be written
 */
export async function intoArchive<T>(
  path: string,
  recipient: string,
  fill: (put: Put) => Promise<T>,
): Promise<T> {
  if (existsSync(path)) throw new SetupError(alreadyThere(path));
  return writeWhole("The copy", path, async (file) => {
    const filled: { result?: T } = {};
    await writeArchive(recipient, file.createWriteStream(), async (put) => {
      filled.result = await fill(put);
    });
    return filled.result as T;
  });
}
