import { sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import type { Day } from "#lib/vetting/rules.ts";
import {
  type CountedVerb,
  countedVerbs,
  lastMonth,
  type Month,
  monthsOf,
  type NumberGroup,
  numberGroups,
  type Published,
  publish,
  publishWaiting,
  type Series,
  series,
  seriesOf,
  type Waiting,
  yearsOf,
} from "./rules.ts";

export type PublicNumbers = {
  year: number;
  /** All that there are numbers of, newest first. */
  years: readonly number[];
  months: readonly Month[];
  /** Whether the year is over. */
  whole: boolean;
  waiting: { months: readonly Waiting[]; total: Waiting };
  groups: readonly { group: NumberGroup; rows: readonly ({ id: Series } & Published)[] }[];
};

/**
 * What moderators did in a year, as everyone may know it: from the audit log, whose rows outlive
 * accounts. @param year the newest one when null @returns null where there are no numbers of it
 */
export async function getPublicNumbers(
  year: number | null,
  today: Day,
  db: Db = primary(),
): Promise<PublicNumbers | null> {
  const first = await firstMonth(db);
  const last = lastMonth(today);
  const years = first === null ? [] : yearsOf(first, last);
  const shown = year ?? years[0];
  if (first === null || shown === undefined || !years.includes(shown)) return null;
  const months = monthsOf(shown, first, last);
  const whole = `${shown}-12` <= last;
  const [counts, waits] = await Promise.all([countEvents(shown, db), readWaits(shown, db)]);
  const row = (id: Series) =>
    publish(
      months.map((month) => counts.get(`${month} ${id}`) ?? 0),
      { whole },
    );
  return {
    year: shown,
    years,
    months,
    whole,
    waiting: waitingOf(months, waits, [row("accept"), row("refuse")]),
    groups: numberGroups.map((group) => ({
      group,
      rows: series[group].map((id) => ({ id, ...row(id) })),
    })),
  };
}

async function firstMonth(db: Db): Promise<Month | null> {
  const rows = await db.execute<{ month: Month }>(sql`
    select to_char(at at time zone 'UTC', 'YYYY-MM') as month
    from audit_events order by id limit 1`);
  return rows[0]?.month ?? null;
}

const within = (year: number) => sql`at >= ${`${year}-01-01T00:00:00Z`}::timestamptz
  and at < ${`${year + 1}-01-01T00:00:00Z`}::timestamptz`;
const month = sql`date_trunc('month', at, 'UTC')`;
const monthText = sql`to_char(month at time zone 'UTC', 'YYYY-MM')`;
const isCounted = sql`verb in (${sql.raw(countedVerbs.map((verb) => `'${verb}'`).join(", "))})`;
const settlesReport = sql`verb in ('report.uphold', 'report.dismiss')`;

/**
 * How often each thing happened in each month of a year. Of a report that was settled one way and
 * then the other in a month, the last word counts.
 */
async function countEvents(year: number, db: Db): Promise<Map<string, number>> {
  const rows = await db.execute<{
    month: Month;
    verb: CountedVerb;
    word: string | null;
    times: number;
  }>(sql`
    select ${monthText} as month, verb, word, count(*)::integer as times
    from (
      select ${month} as month, verb, coalesce(details ->> 'action', details ->> 'kind') as word
      from audit_events
      where ${isCounted} and not (${settlesReport}) and ${within(year)}
      union all
      (select distinct on (month, subject_id) ${month} as month, verb, null
      from audit_events
      where ${settlesReport} and ${within(year)}
      order by month, subject_id, id desc)
    ) counted
    group by counted.month, verb, word`);
  const counts = new Map<string, number>();
  for (const { month, verb, word, times } of rows) {
    const id = seriesOf(verb, word);
    if (id) counts.set(`${month} ${id}`, (counts.get(`${month} ${id}`) ?? 0) + times);
  }
  return counts;
}

/** Days that ran from sending to yes or no, by month; those of the whole year have no month. */
async function readWaits(year: number, db: Db): Promise<Map<Month | null, Waiting>> {
  const rows = await db.execute<{ month: Month | null; half: number; nine: number }>(sql`
    select ${monthText} as month, percentile_disc(0.5) within group (order by days) as half,
      percentile_disc(0.9) within group (order by days) as nine
    from (
      select ${month} as month, (details ->> 'days')::integer as days
      from audit_events
      where verb = 'case.close' and ${within(year)} and details ->> 'kind' = 'submission'
        and details ->> 'outcome' in ('accepted', 'rejected')
    ) decided
    group by grouping sets ((decided.month), ())`);
  return new Map(rows.map(({ month, half, nine }) => [month, { half, nine }]));
}

function waitingOf(
  months: readonly Month[],
  waits: ReadonlyMap<Month | null, Waiting>,
  decided: readonly Published[],
): PublicNumbers["waiting"] {
  const nothing = { half: null, nine: null };
  return {
    months: months.map((month, index) =>
      publishWaiting(
        waits.get(month) ?? nothing,
        decided.map((row) => row.months[index] ?? null),
      ),
    ),
    total: publishWaiting(
      waits.get(null) ?? nothing,
      decided.map((row) => row.total),
    ),
  };
}
