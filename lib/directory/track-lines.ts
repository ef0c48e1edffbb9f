import { inArray, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { checks } from "#db/schema/vetting.ts";
import { notReplaced } from "#lib/vetting/not-replaced.ts";
import { checkStatus, lastDayOf } from "#lib/vetting/rules.ts";
import type { TrackLine } from "./index-document.ts";

export type TrackLines = {
  identityCheck: TrackLine;
  safetyCheck: TrackLine;
  affirmingCheck: TrackLine;
};

/** One line a track for the cards; the right to practise has a list of its own. */
export async function loadTrackLines(ids: string[], db: Db): Promise<Map<string, TrackLines>> {
  const rows = await db
    .select({
      therapistId: checks.therapistId,
      track: checks.track,
      state: checks.state,
      checkedOn: checks.checkedOn,
      validUntil: checks.validUntil,
      expiresOn: checks.expiresOn,
      nextCheckOn: checks.nextCheckOn,
    })
    .from(checks)
    .where(
      sql`${inArray(checks.therapistId, ids)} and ${checks.track} <> 'right-to-practise'
        and ${notReplaced(checks.id)}`,
    );
  const byTherapist = Map.groupBy(rows, (row) => row.therapistId);
  return new Map(
    [...byTherapist].map(([therapistId, own]) => {
      const lineOf = (track: string) => trackLine(own.filter((row) => row.track === track));
      return [
        therapistId,
        {
          identityCheck: lineOf("identity"),
          safetyCheck: lineOf("safety"),
          affirmingCheck: lineOf("affirming-practice"),
        },
      ];
    }),
  );
}

type CheckRow = Parameters<typeof lastDayOf>[0];

/** The look that holds longest; failing that, whether one is under way. */
export function trackLine(rows: readonly CheckRow[]): TrackLine {
  let best: { checkedOn: string; until: string } | null = null;
  for (const row of rows) {
    const until = lastDayOf(row);
    if (until === null || row.checkedOn === null) continue;
    if (best === null || best.until < until) best = { checkedOn: row.checkedOn, until };
  }
  if (best !== null) return best;
  // The date does not matter here: waiting is a stored state.
  return rows.some((row) => checkStatus(row, row.checkedOn ?? "") === "waiting") ? "waiting" : null;
}
