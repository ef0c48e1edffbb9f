import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The Node the project pins, wherever npm put it. npm may have skipped the install script that
 * fetches it; then it is run here.
 * @param {string} root
 * @param {(line: string) => void} say
 * @param {(child: import("node:child_process").ChildProcess) => void} onChild
 * @returns {Promise<string>} the path of a Node that runs TypeScript as it is
 * @throws {Error} with words on what to do
 */
export async function findRuntime(root, say, onChild) {
  const wanted = pinnedVersion(root);
  const found = search(root, wanted);
  if (found) return found;
  if (existsSync(join(root, "node_modules", "node", "installArchSpecificPackage.js"))) {
    say(`Fetching Node ${wanted}, which npm left out ...`);
    await runInstallScript(join(root, "node_modules", "node"), onChild);
  }
  const fetched = search(root, wanted);
  if (fetched) return fetched;
  if (Number(process.versions.node.split(".")[0]) >= 24) {
    say(`Node ${wanted} is not installed; going on with this machine's ${process.version}.`);
    return process.execPath;
  }
  throw new Error(adviceFor(wanted));
}

/**
 * @param {string} root
 * @param {string} wanted
 */
function search(root, wanted) {
  const system = process.platform === "win32" ? "win" : process.platform;
  const prefix = system === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  const platformPackage = `${prefix}-${system}-${process.arch}`;
  const binary = system === "win" ? "bin/node.exe" : "bin/node";
  const modules = join(root, "node_modules");
  return [
    join(modules, "node", binary),
    join(modules, platformPackage, binary),
    join(modules, "node", "node_modules", platformPackage, binary),
  ].find((path) => existsSync(path) && versionOf(path) === `v${wanted}`);
}

/** @param {string} path */
function versionOf(path) {
  return spawnSync(path, ["--version"], { encoding: "utf8" }).stdout?.trim();
}

/**
 * @param {string} folder
 * @param {(child: import("node:child_process").ChildProcess) => void} onChild
 */
async function runInstallScript(folder, onChild) {
  const script = spawn(process.execPath, ["installArchSpecificPackage.js"], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
  });
  onChild(script);
  await new Promise((resolve) => {
    script.once("error", resolve);
    script.once("exit", resolve);
  });
}

/** @param {string} root */
function pinnedVersion(root) {
  const manifest = readFileSync(join(root, "package.json"), "utf8");
  return String(JSON.parse(manifest).dependencies.node);
}

/** @param {string} wanted */
function adviceFor(wanted) {
  return [
    `Node ${wanted} for ${process.platform}-${process.arch} is missing from node_modules.`,
    "npm did not run the install script of the package `node`. Either allow it and try again:",
    "  npm config delete ignore-scripts && npm rebuild node --foreground-scripts",
    "or install Node 24 on this machine (https://nodejs.org) and give the same command again.",
  ].join("\n");
}
