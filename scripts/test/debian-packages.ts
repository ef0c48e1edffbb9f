import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { runCommand } from "./run-tool.ts";

const policy = "/usr/sbin/policy-rc.d";

/**
 * Programs of the machine that tests run, each called as its Debian package: installed where they
 * are missing, on Debian as root. @returns those that are missing all the same
 */
export async function ensureDebianPackages(names: readonly string[]): Promise<string[]> {
  const missing = names.filter((name) => !hasProgram(name));
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) {
    return missing;
  }
  console.log(`Installing ${missing.join(" and ")} with apt-get ...`);
  await runCommand("apt-get", ["update", "-qq"]);
  await withoutServices(() =>
    runCommand("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing]),
  );
  return names.filter((name) => !hasProgram(name));
}

function hasProgram(name: string): boolean {
  return [name, `/usr/sbin/${name}`].some((path) => spawnSync("which", [path]).status === 0);
}

/** Debian starts what it installs; this answer, where nobody gave one, keeps it from that. */
async function withoutServices(install: () => Promise<unknown>): Promise<void> {
  if (existsSync(policy)) return void (await install());
  writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    await install();
  } finally {
    rmSync(policy, { force: true });
  }
}
