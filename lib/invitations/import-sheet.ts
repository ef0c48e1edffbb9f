import { type Db, primary } from "#db/client.ts";
import { inviteTherapist, type Source } from "./invite-therapist.ts";
import { getStanding, type Standing } from "./queries.ts";
import { readRow } from "./read-row.ts";
import { readSheet } from "./read-sheet.ts";
import type { Problem } from "./schema.ts";

export type RowReport = {
  row: number;
  /** As it stands in the sheet. */
  email: string;
  outcome: "wrong" | Standing;
  problems: readonly Problem[];
  /** Texts in cells that have no heading. */
  strays: readonly string[];
  /** The row in which the same address came before. */
  sameAs: number | null;
};

/**
 * Goes through a sheet row by row. A row with anything wrong is left out; each good one is a
 * transaction of its own, so stopping between two leaves nothing half-done, and going through it
 * again does what is left.
 * @param source null to look only: nothing is written and nobody gets a mail
 * @throws SetupError for a sheet that `checkSheet` would refuse
 */
export async function* importSheet(
  path: string,
  source: Source | null,
  db: Db = primary(),
): AsyncGenerator<RowReport> {
  const rowOf = new Map<string, number>();
  for await (const { row, cells, strays } of readSheet(path)) {
    const reading = await readRow(cells);
    const report = { row, email: cells.email, problems: [], strays, sameAs: null };
    if ("problems" in reading) {
      yield { ...report, outcome: "wrong", problems: reading.problems };
      continue;
    }
    const { entry } = reading;
    const sameAs = rowOf.get(entry.email) ?? null;
    if (sameAs !== null || strays.length > 0) {
      yield { ...report, outcome: "wrong", sameAs };
      continue;
    }
    rowOf.set(entry.email, row);
    const outcome = source
      ? await inviteTherapist(entry, source, db)
      : await getStanding(entry.email, db);
    yield { ...report, outcome };
  }
}
