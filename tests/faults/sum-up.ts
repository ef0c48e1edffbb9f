import type { Tally, WriteKind } from "./load.ts";
import { type Counts, onDatabase, type Written } from "./truth.ts";

export type Sum = {
  answers: number;
  notNow: number;
  unanswered: number;
  /** Statuses that nobody should have seen. */
  defects: number[];
  slowest: string;
  ofStaff: string;
  acknowledged: number;
  lost: number;
  half: number;
  tooMany: number;
};

/** What people were told, held against what is there. @param known statuses that are no defect */
export function sumUp(
  { statuses, unanswered, slowest, slowestOfStaff, writes }: Tally,
  { was, is, known }: { was: Counts; is: Counts; known: readonly number[] },
): Sum {
  const sum = { acknowledged: 0, lost: 0, half: 0, tooMany: 0 };
  for (const kind of Object.keys(writes) as WriteKind[]) {
    const { acknowledged, unknown } = writes[kind];
    const rows = is[kind].rows - was[kind].rows;
    const events = is[kind].events - was[kind].events;
    sum.acknowledged += acknowledged;
    sum.lost += Math.max(0, acknowledged - rows);
    sum.tooMany += Math.max(0, rows - acknowledged - unknown);
    sum.half += Math.abs(rows - events);
  }
  return {
    answers: [...statuses.values()].reduce((all, some) => all + some, 0),
    notNow: statuses.get(503) ?? 0,
    unanswered,
    defects: [...statuses.keys()].filter((status) => !known.includes(status)),
    slowest: `${slowest.ms} ms ${slowest.path}`,
    ofStaff: `${slowestOfStaff.ms} ms ${slowestOfStaff.path}`,
    ...sum,
  };
}

/** Whether what the therapist said last is what the directory has; true when nobody can know. */
export async function isAccepting(
  said: boolean | null,
  { therapistId }: Written,
): Promise<boolean> {
  if (said === null) return true;
  const [row] = await onDatabase(
    (sql) => sql<{ accepting: boolean }[]>`
      select accepting from therapists where id = ${therapistId}`,
  );
  return row?.accepting === said;
}
