import { spawnSync } from "node:child_process";
import { SetupError } from "#lib/errors.ts";

export interface UserIds {
  uid: number;
  gid: number;
}

/** Postgres refuses root: the user to run it as instead, or undefined when we are not root. */
export function unprivilegedUser(): UserIds | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    const uid = idOf("-u", name);
    const gid = idOf("-g", name);
    if (uid && gid) return { uid, gid };
  }
  throw new SetupError(
    "Postgres does not run as root, and this machine has neither a user `postgres` nor `nobody`.\n" +
      "  Run as an ordinary user, or set DATABASE_URL to a Postgres of your own.",
  );
}

/** Whether that user can enter the folder and write in it, all rights of its parents counted. */
export function canWorkIn(folder: string, user: UserIds | undefined): boolean {
  const script = 'cd "$1" && test -w .';
  const options = { stdio: "ignore", cwd: "/", ...user } as const;
  return spawnSync("/bin/sh", ["-c", script, "sh", folder], options).status === 0;
}

function idOf(flag: "-u" | "-g", name: string): number {
  return Number(spawnSync("id", [flag, name], { encoding: "utf8" }).stdout?.trim() || 0);
}
