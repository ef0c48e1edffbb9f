import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandLine, parentOf } from "./bootstrap/identity.mjs";
import { ensureInstalled } from "./bootstrap/install.mjs";
import { findRuntime } from "./bootstrap/runtime.mjs";

// Runs under whatever Node the machine has, before anything is installed: plain JavaScript only.
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command = "", ...args] = process.argv.slice(2);

/** @type {import("node:child_process").ChildProcess | undefined} */
let child;
let stopping = false;

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => stopChild(signal));
}

try {
  requireCommand();
  await ensureInstalled(root, say, adopt);
  const node = await findRuntime(root, say, adopt);
  if (!stopping) process.exitCode = await run(node);
} catch (error) {
  process.exitCode = 1;
  if (!stopping) console.error(error instanceof Error ? error.message : error);
}

function requireCommand() {
  if (Number(process.versions.node.split(".")[0]) < 18) {
    throw new Error(`Node 18 or newer is needed to begin with; this is ${process.version}.`);
  }
  if (/^[a-z-]+$/.test(command) && existsSync(join(root, "scripts", `${command}.ts`))) return;
  const known = readdirSync(join(root, "scripts")).filter((name) => /^[a-z-]+\.ts$/.test(name));
  const names = known.map((name) => name.slice(0, -3)).join(", ");
  throw new Error(`usage: node scripts/bootstrap.mjs <command>. There are: ${names}`);
}

/**
 * The IPC channel is how the command notices that we were killed the hard way.
 * @param {string} node
 * @returns {Promise<number>} the exit code
 */
function run(node) {
  const bin = join(root, "node_modules", ".bin");
  const inherited = (process.env.PATH ?? "").split(delimiter).filter((entry) => entry !== bin);
  const path = [bin, dirname(node), ...inherited].join(delimiter);
  const script = join(root, "scripts", `${command}.ts`);
  const settings = existsSync(join(root, ".env")) ? ["--env-file=.env"] : [];
  const started = spawn(node, [...settings, script, ...args], {
    cwd: root,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, PATH: path, NEXT_TELEMETRY_DISABLED: "1" },
  });
  adopt(started);
  watchNpm(started);
  return new Promise((resolve, reject) => {
    started.once("error", reject);
    started.once("exit", (code, signal) =>
      resolve(code ?? 128 + constants.signals[signal ?? "SIGTERM"]),
    );
  });
}

/**
 * npm dies silently under SIGKILL; a new parent is the only sign of it. Mostly a shell that npm
 * started stands between, and outlives it: then that shell is the one to watch.
 * @param {import("node:child_process").ChildProcess} started
 */
function watchNpm(started) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const throughShell = commandLine(parent).includes("bootstrap.mjs");
  const npm = throughShell ? parentOf(parent) : parent;
  const timer = setInterval(() => {
    const lost = process.ppid !== parent || (throughShell && parentOf(parent) !== npm);
    if (lost && started.connected) started.disconnect();
  }, 500);
  timer.unref();
}

/** @param {NodeJS.Signals} signal */
function stopChild(signal) {
  stopping = true;
  child?.kill(signal);
}

/** @param {import("node:child_process").ChildProcess} started */
function adopt(started) {
  child = started;
}

/** @param {string} line */
function say(line) {
  console.error(line);
}
