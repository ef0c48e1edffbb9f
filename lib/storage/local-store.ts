import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { UnavailableError } from "#lib/errors.ts";
import type { Store, Stored } from "./store.ts";

/** What is being written has this ending until all of it is on the disk. */
const UNFINISHED = ".part";

/** A folder of this machine, for our user alone. */
export function localStore(folder: string): Store {
  const pathOf = (ref: string) => join(folder, ...ref.split("/"));
  return {
    put: (ref, bytes) => answering(() => write(pathOf(ref), bytes)),
    get: (ref) => answering(() => orNull(readFile(pathOf(ref)))),
    delete: (ref) =>
      answering(async () => {
        await rm(pathOf(ref), { force: true });
        await rm(pathOf(ref) + UNFINISHED, { force: true });
      }),
    list: (prefix) => answering(() => listBelow(folder, pathOf(prefix))),
  };
}

/** Whole or not at all: even when the machine stops in the middle. */
async function write(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = path + UNFINISHED;
  try {
    const file = await open(unfinished, "wx", 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
    await syncFolder(dirname(path)).catch(async (error: unknown) => {
      await rm(path, { force: true });
      throw error;
    });
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function listBelow(folder: string, top: string): Promise<Stored[]> {
  const entries = (await orNull(readdir(top, { recursive: true, withFileTypes: true }))) ?? [];
  const found = new Map<string, Date>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const facts = await orNull(stat(path));
    const ref = relative(folder, path).split(sep).join("/");
    if (facts) found.set(ref.endsWith(UNFINISHED) ? ref.slice(0, -5) : ref, facts.mtime);
  }
  return [...found].map(([ref, storedAt]) => ({ ref, storedAt }));
}

async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** A full or broken disk is a store that does not answer. */
async function answering<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw new UnavailableError("storage", { cause: error });
  }
}
