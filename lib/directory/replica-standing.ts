import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { readStamp } from "./version.ts";

/** How a replica stands, as one snapshot of it says. */
export type Standing = {
  version: number;
  /** Of its last checkpoint: for some minutes after a failover still the one of before. */
  history: number;
  /** Whether it follows another. One that was made the primary has a history of its own. */
  follows: boolean;
  /** Since the newest change that it has; null when it cannot say. */
  secondsBehind: number | null;
};

/** What directory_version does not count may be this old: events, by the month (0032). */
export const mostSecondsBehind = 60;

export async function readStanding(db: Db): Promise<Standing> {
  const [row] = await db.execute<{ [Key in keyof Standing]: Standing[Key] }>(sql`
    select version::float8 as version, pg_is_in_recovery() as follows,
      (select timeline_id from pg_control_checkpoint()) as history,
      extract(epoch from now() - pg_last_xact_replay_timestamp())::float8 as "secondsBehind"
    from directory_version`);
  return row ?? { version: 0, history: 0, follows: false, secondsBehind: null };
}

/** Whether it follows, and closely: one that has heard of nothing for long may be cut off. */
export function isNear({ follows, secondsBehind }: Standing): boolean {
  return follows && secondsBehind !== null && secondsBehind < mostSecondsBehind;
}

/** Whether what it says is at least as new as the primary was at this stamp. */
export function isAsNewAs(stamp: string, standing: Standing): boolean {
  const { history, version } = readStamp(stamp);
  return isNear(standing) && standing.history === history && standing.version >= version;
}

/**
 * The same while the primary is away: no change comes in that would tell how far behind it is, and
 * the one that was made the primary meanwhile knows best.
 */
export function hasWhatWasHeard(stamp: string, { version }: Standing): boolean {
  return version >= readStamp(stamp).version;
}
