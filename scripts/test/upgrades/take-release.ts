import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Release } from "#db/releases.ts";
import { SetupError } from "#lib/errors.ts";
import { root } from "../../checkout.ts";

type Lock = { packages: Record<string, { version?: string }> };

/** Why the last release cannot be had from this checkout; null when it can. */
export function whyNot({ version, commit }: Release): string | null {
  const found = spawnSync("git", ["cat-file", "-e", `${commit}^{commit}`], { cwd: root });
  if (found.status === 0) return null;
  return (
    `Skipped: release ${version} (${commit.slice(0, 7)}) is not in this checkout's history.\n` +
    "  In a shallow clone: git fetch --unshallow. A tarball has no history at all."
  );
}

/** Puts the tree of a release into a folder, with what it needs to run. */
export function takeRelease({ commit }: Release, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const archive = join(folder, "tree.tar");
  run("git", ["archive", "--output", archive, commit], root);
  run("tar", ["-xf", archive], folder);
  rmSync(archive);
  const other = otherPackages(lockOf(folder), lockOf(root));
  if (other.length > 0) {
    console.log(`Its packages are not ours (${other.slice(0, 5).join(", ")}…): npm ci`);
    run("npm", ["ci", "--no-audit", "--no-fund"], folder);
    return;
  }
  const modules = join(folder, "node_modules");
  const linked = spawnSync("cp", ["-al", join(root, "node_modules"), modules]);
  // Another disk knows no hard links to this one.
  if (linked.status !== 0) {
    rmSync(modules, { recursive: true, force: true });
    run("cp", ["-a", join(root, "node_modules"), modules], folder);
  }
  rmSync(join(modules, ".parasol-build.lock"), { force: true });
}

/** What a lock has and ours does not have alike, but for parts that are for other machines. */
function otherPackages(theirs: Lock, ours: Lock): string[] {
  return Object.entries(theirs.packages)
    .filter(([path, { version }]) => path !== "" && ours.packages[path]?.version !== version)
    .map(([path]) => path.replace("node_modules/", ""));
}

function lockOf(folder: string): Lock {
  return JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
}

function run(command: string, args: string[], cwd: string): void {
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0)
    throw new SetupError(`${command} ${args[0]} failed (${error?.message ?? status}).`);
}
