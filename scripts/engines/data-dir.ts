import { randomBytes } from "node:crypto";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { SetupError } from "#lib/errors.ts";
import { root } from "../checkout.ts";

/**
 * Makes the data folder ours alone and gives its absolute path. Under root the engines' unprivileged
 * user must pass through it, so there it is 711; every file in it is 600 all the same.
 */
export function openDataDir(path: string): string {
  const folder = resolve(root, path);
  try {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, process.getuid?.() === 0 ? 0o711 : 0o700);
    writePrivate(join(folder, ".writable"), "");
    rmSync(join(folder, ".writable"));
  } catch (error) {
    throw new SetupError(
      `The data folder ${folder} cannot be written (${codeOf(error)}).\n` +
        "  Run as the user who owns it, or set DATA_DIR to a folder of your own.",
    );
  }
  refuseMixing(folder);
  return folder;
}

/** What root adds to a user's data, that user could not change again. */
function refuseMixing(folder: string): void {
  const marks = readdirSync(folder).filter((name) => name.endsWith(".key"));
  const stranger = marks.map((name) => statSync(join(folder, name)).uid).find((uid) => uid !== 0);
  if (process.getuid?.() !== 0 || stranger === undefined) return;
  throw new SetupError(
    `The data folder ${folder} belongs to user ${stranger}, and this is root.\n` +
      `  Start as that user, set another DATA_DIR, or hand it over: chown -R root ${folder}/*.*`,
  );
}

/** A secret made once and kept beside the data; the same on every later call. */
export function keptSecret(dataDir: string, name: string): string {
  const path = join(dataDir, name);
  const draft = `${path}.${process.pid}`;
  writePrivate(draft, randomBytes(32).toString("base64url"));
  try {
    linkSync(draft, path);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path, "utf8").trim();
}

/** Small facts that must outlive a run, such as a port. Missing or damaged files read as `null`. */
export function readFacts<T>(dataDir: string, name: string): Partial<T> | null {
  try {
    const facts: unknown = JSON.parse(readFileSync(join(dataDir, name), "utf8"));
    return typeof facts === "object" ? (facts as Partial<T> | null) : null;
  } catch {
    return null;
  }
}

export function writeFacts<T>(dataDir: string, name: string, facts: T): void {
  const path = join(dataDir, name);
  const draft = `${path}.${process.pid}`;
  writePrivate(draft, `${JSON.stringify(facts, null, 2)}\n`);
  renameSync(draft, path);
}

export function forgetFacts(dataDir: string, name: string): void {
  rmSync(join(dataDir, name), { force: true });
}

function writePrivate(path: string, text: string): void {
  rmSync(path, { force: true });
  writeFileSync(path, text, { mode: 0o600, flag: "wx" });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
