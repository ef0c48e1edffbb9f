import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { askTruth, primaryTruth, type Truth } from "#lib/circuits/truth.ts";
import { UnavailableError } from "#lib/errors.ts";
import { todayUtc } from "#lib/vetting/rules.ts";

let next: Promise<string> | null = null;

/**
 * What everything a reader sees stands on: the directory's version in the primary, and the day.
 * Askers that come while a question is on its way share the *next* one, never the one already
 * sent: so no answer is older than the asking, and many readers cost one small query.
 * @throws UnavailableError when Postgres does not answer
 */
export function directoryStamp(truth: Truth = primaryTruth()): Promise<string> {
  next ??= ask(truth);
  return next;
}

let running: Promise<unknown> = Promise.resolve();

async function ask(truth: Truth): Promise<string> {
  await running.catch(() => undefined);
  // From here on the question is on its way, so whoever comes now waits for the next.
  next = null;
  const answer = askTruth(standing, truth);
  running = answer;
  return `${await answer} ${todayUtc()}`;
}

/**
 * The version, and on which history it was counted: after a failover another one may have come by the
 * same number. @throws UnavailableError when this is a copy just now, which knows what was
 */
async function standing(db: Db): Promise<string> {
  const [row] = await db.execute<{ history: string | null; version: string }>(sql`
    select version, case when not pg_is_in_recovery()
      then substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) end as history
    from directory_version`);
  if (row?.history == null) throw new UnavailableError("postgres");
  return `${Number.parseInt(row.history, 16)}/${row.version}`;
}

/** `"2/105 2026-11-30"` -> history 2, version 105 */
export function readStamp(stamp: string): { history: number; version: number } {
  const [history, version] = stamp.split(/[/ ]/, 2).map(Number);
  return { history: history ?? 0, version: version ?? 0 };
}
