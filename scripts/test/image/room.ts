import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, lstatSync, mkdirSync, readlinkSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/** What a base image has: this machine's, to be read alone. */
const ofTheBase = ["/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc"];

export type Run = {
  command: readonly string[];
  /** The folder that is `/` to the command. */
  room: string;
  cwd: string;
  env: Record<string, string>;
  /** Who runs it, as `1000:1000`; root when left out. */
  user?: string;
  /** True when nothing but `tmpfs` may be written. */
  readOnly?: boolean;
  /** As an engine takes them: `/tmp:size=1m`. */
  tmpfs?: readonly string[];
};

/** Why no room can be made on this machine, in words; null when it can. */
export function whyNoRoom(): string | null {
  const tried = spawnSync("unshare", ["--mount", "--propagation", "private", "true"]);
  return tried.status === 0 && process.getuid?.() === 0 ? null : "it takes root and mounts";
}

/** An empty folder becomes what a base image is: the machine's programs, and the Node at hand. */
export function makeRoom(room: string, node: string): void {
  for (const path of ofTheBase.filter((each) => existsSync(each))) {
    if (lstatSync(path).isSymbolicLink()) symlinkSync(readlinkSync(path), join(room, path));
    else mkdirSync(join(room, path), { recursive: true });
  }
  for (const path of ["proc", "dev", "tmp", "root", "opt/node"]) {
    mkdirSync(join(room, path), { recursive: true });
  }
  cpSync(node, join(room, "opt/node/node"));
}

/** What a process in a room has to know of the world outside: how to reach the package registry. */
export function registryEnv(): Record<string, string> {
  const kept =
    /^(npm_config_(registry|cafile|proxy|https_proxy)|NODE_EXTRA_CA_CERTS|https?_proxy)$/i;
  const entries = Object.entries(process.env).filter(([name]) => kept.test(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? ""]));
}

/** Starts a command in a room, in mounts of its own that are gone when it ends. */
export function startInRoom(run: Run) {
  const { room, cwd, env, user, command, readOnly = false, tmpfs = [] } = run;
  const mounts = [
    `mount --bind ${quoted(room)} ${quoted(room)}`,
    ...ofTheBase
      .filter((path) => existsSync(path) && !lstatSync(path).isSymbolicLink())
      .flatMap((path) => [
        `mount --rbind ${path} ${quoted(join(room, path))}`,
        `mount -o remount,ro,bind ${quoted(join(room, path))}`,
      ]),
    `mount --rbind /dev ${quoted(join(room, "dev"))}`,
    `mount -t proc proc ${quoted(join(room, "proc"))}`,
    ...(readOnly ? [`mount -o remount,ro,bind ${quoted(room)}`] : []),
    ...tmpfs.map((line) => {
      const [path = "", options = "mode=1777"] = line.split(":");
      return `mount -t tmpfs -o ${options} tmpfs ${quoted(join(room, path))}`;
    }),
  ];
  const [uid, gid] = user?.split(":") ?? [];
  const dropped = ["--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"];
  // Root keeps what it may: the steps that build are its own.
  const as =
    uid && uid !== "0" ? ["/usr/bin/setpriv", `--reuid=${uid}`, `--regid=${gid}`, ...dropped] : [];
  const inside = [`exec chroot ${quoted(room)} /usr/bin/env -i -C ${cwd} "$@"`];
  const script = [...mounts, ...inside].join(" && ");
  const variables = Object.entries({ PATH: "/opt/node:/usr/sbin:/usr/bin:/sbin:/bin", ...env });
  const given = [...variables.map(([name, value]) => `${name}=${value}`), ...as, ...command];
  return spawn(
    "unshare",
    ["--mount", "--propagation", "private", "sh", "-ec", script, "sh", ...given],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
