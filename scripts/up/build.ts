import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { SetupError } from "#lib/errors.ts";
import { tryLock } from "../bootstrap/lock.mjs";
import { copyProgram } from "../build/built-files.ts";
import { root } from "../checkout.ts";
import { type Environment, runScript } from "./child.ts";

const inputs = ["app", "components", "lib", "db", "public", "proxy.ts", "next.config.js"];
const alsoInputs = ["package.json", "package-lock.json", "tsconfig.json", "scripts/build.ts"];
const ignored = /\.test\.tsx?$|^public\/assets(\/|$)/;
const stamp = join(root, ".next", "parasol-build");

interface Progress {
  say: (line: string) => void;
  signal: AbortSignal;
}

/** @returns whether a build was needed; two at once in one checkout wait for each other */
export async function buildIfNeeded(env: Environment, { say, signal }: Progress): Promise<boolean> {
  if (isBuilt()) return false;
  const lock = await waitForBuildLock(say, signal);
  try {
    const wanted = hashOfInputs();
    if (isBuilt(wanted)) return false;
    rmSync(stamp, { force: true });
    await build(env, { say, signal, onStart: lock.alsoFor });
    mkdirSync(join(root, ".next"), { recursive: true });
    writeFileSync(stamp, wanted);
    return true;
  } finally {
    lock.release();
  }
}

async function build(
  env: Environment,
  options: Progress & { onStart: (pid: number | undefined) => void },
): Promise<void> {
  const started = performance.now();
  const ticker = setInterval(() => {
    options.say(`still building (${Math.round((performance.now() - started) / 1000)} s)`);
  }, 10_000);
  try {
    await runScript("scripts/build.ts", { ...env, NODE_ENV: "production" }, options);
  } catch (error) {
    options.signal.throwIfAborted();
    throw new SetupError(
      `The build failed (${error instanceof Error ? error.message : error}).\n` +
        "  Its own words are above. After a change to the code: correct it and start again.\n" +
        "  Otherwise: rm -rf .next, check free memory (1 GB) and disk, and start again.",
    );
  } finally {
    clearInterval(ticker);
  }
}

function isBuilt(wanted = hashOfInputs()): boolean {
  return existsSync(copyProgram) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
}

async function waitForBuildLock(say: (line: string) => void, signal: AbortSignal) {
  for (let told = 0; ; ) {
    const lock = tryLock(join(root, "node_modules", ".parasol-build.lock"));
    if (lock.held) return lock;
    if (told !== lock.holder) say(`process ${lock.holder} is building here; waiting for it`);
    told = lock.holder;
    await pause(300, undefined, { signal });
  }
}

function hashOfInputs(): string {
  const hash = createHash("sha256");
  for (const path of [...inputs, ...alsoInputs].flatMap((input) => [...filesUnder(input)])) {
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(root, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

function* filesUnder(path: string): Generator<string> {
  if (ignored.test(path) || !existsSync(join(root, path))) return;
  const entries = readdirOrNull(join(root, path));
  if (entries === null) return yield path;
  for (const name of entries.sort()) yield* filesUnder(`${path}/${name}`);
}

function readdirOrNull(path: string): string[] | null {
  try {
    return readdirSync(path);
  } catch {
    return null;
  }
}
