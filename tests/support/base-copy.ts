import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import type { UserIds } from "../../scripts/engines/unprivileged.ts";

/** Folders that a copy needs empty: what is in them belongs to the server that runs. */
const emptied = new Set([
  "pg_dynshmem",
  "pg_notify",
  "pg_replslot",
  "pg_serial",
  "pg_snapshots",
  "pg_stat_tmp",
  "pg_subtrans",
  "pg_wal",
]);
const leftOut = new Set(["postmaster.pid", "postmaster.opts", "standby.signal"]);

/**
 * Copies the data folder of a Postgres that runs on this machine, as `pg_basebackup` would: the
 * embedded one comes without it.
 * @param ownerUrl a superuser's; the slot must have been made before
 * @param standby its conninfo and slot, so that the copy follows when it starts
 */
export async function copyRunningCluster(
  ownerUrl: string,
  target: string,
  user: UserIds | undefined,
  standby: { conninfo: string; slot: string },
): Promise<void> {
  // Beginning and end of a backup belong to one session.
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {}, max_lifetime: null });
  try {
    const [place] = await sql<{ data_directory: string }[]>`show data_directory`;
    await sql`select pg_backup_start('standby', fast => true)`;
    copyFolder(place?.data_directory ?? "", target, user, 0);
    // Without archiving nobody could wait for it; the slot holds what the copy needs.
    const [stopped] = await sql<{ labelfile: string }[]>`
      select labelfile from pg_backup_stop(wait_for_archive => false)`;
    writeFileSync(join(target, "backup_label"), stopped?.labelfile ?? "");
    writeFileSync(join(target, "standby.signal"), "");
    appendFileSync(
      join(target, "postgresql.auto.conf"),
      `primary_conninfo = '${standby.conninfo}'\nprimary_slot_name = '${standby.slot}'\n`,
    );
    for (const name of ["backup_label", "standby.signal", "postgresql.auto.conf"]) {
      give(join(target, name), user);
    }
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** What the server takes away while we copy is not missed: the log of its changes has it. */
function copyFolder(from: string, to: string, user: UserIds | undefined, depth: number): void {
  mkdirSync(to, { mode: 0o700 });
  give(to, user);
  for (const name of readdirSync(from)) {
    const [source, copy] = [join(from, name), join(to, name)];
    if (depth === 0 && leftOut.has(name)) continue;
    const kind = unlessGone(() => lstatSync(source));
    if (kind?.isDirectory()) {
      if (depth > 0 || !emptied.has(name)) copyFolder(source, copy, user, depth + 1);
      else makeEmpty(source, copy, user);
    } else if (kind?.isFile() && unlessGone(() => copyFileSync(source, copy)) !== null) {
      give(copy, user);
    }
  }
}

/** The folder, and its own folders: `pg_wal` needs `archive_status` and `summaries`. */
function makeEmpty(from: string, to: string, user: UserIds | undefined): void {
  mkdirSync(to, { mode: 0o700 });
  give(to, user);
  if (!from.endsWith("pg_wal")) return;
  for (const name of readdirSync(from)) {
    if (!unlessGone(() => lstatSync(join(from, name)))?.isDirectory()) continue;
    mkdirSync(join(to, name), { mode: 0o700 });
    give(join(to, name), user);
  }
}

function give(path: string, user: UserIds | undefined): void {
  if (!lstatSync(path).isDirectory()) chmodSync(path, 0o600);
  if (user) chownSync(path, user.uid, user.gid);
}

function unlessGone<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
