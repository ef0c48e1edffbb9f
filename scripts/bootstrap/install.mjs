import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { tryLock } from "./lock.mjs";

/**
 * Installs the locked dependencies when they are missing, stale or half there. One at a time.
 * @param {string} root
 * @param {(line: string) => void} say
 * @param {(child: import("node:child_process").ChildProcess) => void} onChild
 * @throws {Error} with words on what to do
 */
export async function ensureInstalled(root, say, onChild) {
  if (isStamped(root)) return;
  const lock = await waitForLock(join(root, ".install.lock"), say);
  try {
    if (isStamped(root)) return;
    if (!matchesLock(root)) await runNpmCi(root, lock, say, onChild);
    writeFileSync(stampOf(root), lockHash(root));
  } finally {
    lock.release();
  }
}

/** @param {string} root */
function isStamped(root) {
  return read(stampOf(root)) === lockHash(root);
}

/**
 * What `npm ci` or `npm install` by hand left is taken as it is when it is what the lock names.
 * npm writes its own record last, so a half-finished install has none.
 * @param {string} root
 */
function matchesLock(root) {
  const installed = packagesOf(join(root, "node_modules", ".package-lock.json"));
  const locked = packagesOf(join(root, "package-lock.json"));
  if (!installed || !locked) return false;
  return Object.entries(locked).every(([path, wanted]) => {
    if (path === "") return true;
    const found = installed[path];
    if (found) return found.version === wanted.version && existsSync(join(root, path));
    return mayBeAbsent(wanted);
  });
}

/**
 * An optional package may be absent, but not the one that was made for this very platform.
 * @param {Locked} entry
 */
function mayBeAbsent({ os, cpu, libc, optional, dev, devOptional }) {
  if (process.env.NODE_ENV === "production" && (dev || devOptional)) return true;
  const named = Boolean(os || cpu);
  const forUs =
    (os?.includes(process.platform) ?? true) &&
    (cpu?.includes(process.arch) ?? true) &&
    !libc?.includes("musl");
  return Boolean(optional || devOptional) && !(named && forUs);
}

/**
 * @param {string} root
 * @param {import("./lock.mjs").Held} lock
 * @param {(line: string) => void} say
 * @param {(child: import("node:child_process").ChildProcess) => void} onChild
 */
async function runNpmCi(root, lock, say, onChild) {
  const started = Date.now();
  say("Installing the locked dependencies with npm ci (about half a minute) ...");
  const npm = spawnNpm(root, ["ci", "--include=dev", "--no-audit", "--no-fund"]);
  lock.alsoFor(npm.pid);
  onChild(npm);
  const ticker = setInterval(() => say(`  still installing (${seconds(started)})`), 10_000);
  const outcome = await new Promise((resolve) => {
    npm.once("error", (error) => resolve(error.message));
    npm.once("exit", (code, signal) => resolve(signal ?? code));
  });
  clearInterval(ticker);
  if (outcome !== 0) throw new Error(adviceFor(root, outcome));
  say(`Dependencies installed (${seconds(started)}).`);
}

/**
 * npm removes node_modules first, so it must not run by a Node that lives in there.
 * @param {string} root
 * @param {string[]} args
 */
function spawnNpm(root, args) {
  const bin = join(root, "node_modules", ".bin");
  const path = (process.env.PATH ?? "").split(delimiter).filter((entry) => entry !== bin);
  const env = { ...process.env, PATH: path.join(delimiter), npm_config_loglevel: "error" };
  const { npm_execpath: cli = "", npm_node_execpath: node = "" } = process.env;
  const options = /** @type {const} */ ({
    cwd: root,
    env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const outside = existsSync(node) && !node.startsWith(join(root, "node_modules"));
  return outside && basename(cli) === "npm-cli.js" && existsSync(cli)
    ? spawn(node, [cli, ...args], options)
    : spawn("npm", args, { ...options, shell: process.platform === "win32" });
}

/**
 * @param {string} root
 * @param {unknown} outcome
 */
function adviceFor(root, outcome) {
  return [
    `The dependencies could not be installed (npm ci: ${outcome}). npm's own words are above.`,
    "  No network, or a proxy in between?  npm ping",
    `  No room left?                       df -h ${root}`,
    `  Anything else:                      cd ${root} && npm ci`,
    "Then give the same command again: what is half installed will be done anew.",
  ].join("\n");
}

/**
 * @param {string} path
 * @param {(line: string) => void} say
 */
async function waitForLock(path, say) {
  for (let told = 0; ; ) {
    const lock = tryLock(path);
    if (lock.held) return lock;
    if (told !== lock.holder) say(`Process ${lock.holder} is installing here; waiting for it ...`);
    told = lock.holder;
    await pause(300);
  }
}

/**
 * @typedef {{ version?: string, dev?: boolean, optional?: boolean, devOptional?: boolean,
 *   os?: string[], cpu?: string[], libc?: string[] }} Locked
 * @param {string} path
 * @returns {Record<string, Locked> | null}
 */
function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch {
    return null;
  }
}

/** @param {string} root */
function stampOf(root) {
  return join(root, "node_modules", ".parasol-installed");
}

/** @param {string} root */
function lockHash(root) {
  const text = readFileSync(join(root, "package-lock.json"));
  return createHash("sha256")
    .update(text)
    .update(process.platform + process.arch)
    .digest("hex");
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** @param {number} started */
function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(0)} s`;
}
