import { type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { caseKinds } from "#db/vocabulary.ts";
import { getCaseFile } from "#lib/case-files/queries.ts";
import { claimCase, releaseCase } from "#lib/cases/claim-case.ts";
import { openCase } from "#lib/cases/open-case.ts";
import { listQueue } from "#lib/cases/queries.ts";
import { type QueueFilters, queueFilters } from "#lib/cases/schema.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { type Grown, undone, type Work } from "./growth-works.ts";

export const openCases = 10_000;

/** A directory in whose open transaction the queue is as long as it shall be. */
type WithQueue = Grown & { tx: Db; caseIds: readonly string[] };

const asked: Record<string, Partial<QueueFilters>> = {
  "the first page": {},
  "the last page": { page: openCases / 50 },
  "of one kind": { kind: "submission" },
  "with a track open": { track: "safety" },
  "in a language": { language: "es" },
  "of a place": { jurisdiction: "US-CA" },
  "that nobody has": { whose: "unclaimed" },
  "older than 30 days": { olderThan: 30 },
};

const queues: Work<WithQueue>[] = Object.entries(asked).map(([what, filters]) => ({
  name: `queue: ${what}`,
  grows: "not",
  runs: 5,
  run: ({ lead, tx }) => listQueue(lead, queueFilters.parse(filters), new Date(), tx),
}));

export const queueWorks: readonly Work<WithQueue>[] = [
  ...queues,
  {
    name: "a case, claimed, read, given back",
    grows: "not",
    runs: 5,
    run: async ({ lead, tx, caseIds }, at) => {
      const id = caseIds[(at * 7_919) % caseIds.length] ?? "";
      await claimCase(lead, id, tx);
      await getCaseFile(lead, id, todayUtc(), tx);
      await releaseCase(lead, id, tx);
    },
  },
  {
    name: "a case more",
    grows: "not",
    runs: 5,
    run: ({ documents, tx }, at) =>
      openCase(
        { therapistId: documents[at % documents.length]?.therapistId ?? "", kind: "discipline" },
        tx,
      ),
  },
];

/** Does something while 10,000 cases are open in each; afterwards all is as before. */
export async function withQueues<T>(
  directories: readonly Grown[],
  work: (directories: WithQueue[]) => Promise<T>,
  ready: WithQueue[] = [],
): Promise<T> {
  const [next, ...others] = directories;
  if (next === undefined) return work(ready);
  const { promise, resolve } = Promise.withResolvers<T>();
  await undone(next, async (tx) => {
    for (const statement of fillQueue) await tx.execute(statement);
    const rows = await tx.execute<{ id: string }>(sql`
      select id from cases where closed_at is null order by id`);
    if (rows.length !== openCases) throw new Error(`${rows.length} cases are open`);
    const full = { ...next, tx, caseIds: rows.map(({ id }) => id) };
    resolve(await withQueues(others, work, [...ready, full]));
  });
  return promise;
}

const kinds = sql.raw(
  `array[${caseKinds.filter((kind) => kind !== "appeal").map((kind) => `'${kind}'`)}]`,
);

/** As many kinds for each therapist as are needed: no two of a kind may be open about one. */
const cases: SQL = sql`
  insert into cases (id, therapist_id, kind, urgent, opened_at, due_on, stopped_at)
  select 'bench-' || n, therapist_id, kind, n % 50 = 0, now() - n % 60 * interval '1 day',
    case when kind = 'expiring' then current_date + (n % 40)::integer end,
    case when n % 7 = 0 then now() end
  from (
    select row_number() over () as n, t.id as therapist_id, kind
    from unnest(${kinds}) as kind, therapists t
    where t.listing_state = 'listed' order by kind, t.id limit ${openCases}
  ) wanted`;

const looks: SQL = sql`
  insert into checks (therapist_id, track, claim_type, case_id, claim, source_type, method, state)
  select therapist_id, track, claim_type, id, '{}', 'self', 'manual', 'attested'
  from cases, (values ('safety', 'discipline'), ('affirming-practice', 'practice-statements'))
    as look (track, claim_type)
  where cases.id like 'bench-%'`;

const fillQueue: readonly SQL[] = [
  sql`update cases set closed_at = now(), outcome = 'no-change' where closed_at is null`,
  cases,
  looks,
  sql`analyze cases`,
  sql`analyze checks`,
];
