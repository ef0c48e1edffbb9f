import { loadavg } from "node:os";
import { detail } from "../up/print.ts";
import { type Grown, isGivenUp, type Work } from "./growth-works.ts";
import { percentile } from "./statistics.ts";

export type Growth = {
  work: string;
  grows: Work["grows"];
  sizes: {
    therapists: number;
    /** Milliseconds. */
    p50: number;
    p99: number;
    runs: number;
    /** Runs that the site gave up because they took too long. */
    givenUp: number;
    /** Rows that one run reads by going through whole tables. */
    rowsPassed: number;
  }[];
};

type Lane<D> = { directory: D; times: number[]; givenUp: number; rowsPassed: number };

/** Work by work, size by size, round by round: what disturbs the machine disturbs all sizes. */
export async function measureGrowth<D extends Grown>(
  directories: readonly D[],
  works: readonly Work<D>[],
  { rounds, signal }: { rounds: number; signal: AbortSignal },
): Promise<Growth[]> {
  const growth: Growth[] = [];
  for (const work of works) {
    const lanes: Lane<D>[] = directories.map((directory) => ({
      ...{ directory, times: [], givenUp: 0, rowsPassed: 0 },
    }));
    for (const lane of lanes) await warmUp(work, lane);
    for (let round = 0; round < (work.long ? 0 : rounds); round += 1) {
      for (const lane of lanes) {
        for (let run = 0; run < work.runs; run += 1) {
          signal.throwIfAborted();
          await once(work, lane, round * work.runs + run + 1);
        }
      }
    }
    growth.push(summary(work, lanes));
    detail(lineOf(growth.at(-1) as Growth));
  }
  return growth;
}

/** The first run fills caches, and tells how many rows a run passes; of long work it is the only one. */
async function warmUp<D extends Grown>(work: Work<D>, lane: Lane<D>): Promise<void> {
  const before = await rowsPassed(lane);
  await once(work, lane, 0);
  lane.rowsPassed = (await rowsPassed(lane)) - before;
  if (!work.long) Object.assign(lane, { times: [], givenUp: 0 });
}

async function once<D extends Grown>(work: Work<D>, lane: Lane<D>, at: number): Promise<void> {
  const begun = performance.now();
  try {
    await work.run(lane.directory, at);
  } catch (error) {
    if (!isGivenUp(error)) throw error;
    lane.givenUp += 1;
  }
  lane.times.push(performance.now() - begun);
}

/** Sessions tell of what they read when asked to, or when they have been idle for a second. */
async function rowsPassed({ directory: { postgres } }: Lane<Grown>): Promise<number> {
  await Promise.all(
    Array.from(
      { length: 4 },
      () => postgres.sql`select pg_stat_force_next_flush(), pg_sleep(0.05)`,
    ),
  );
  const [row] = await postgres.sql<{ rows: string }[]>`
    select coalesce(sum(seq_tup_read), 0) as rows from pg_stat_user_tables`;
  return Number(row?.rows);
}

function summary(
  { name, grows }: Pick<Work, "name" | "grows">,
  lanes: readonly Lane<Grown>[],
): Growth {
  return {
    work: name,
    grows,
    sizes: lanes.map(({ directory, times, givenUp, rowsPassed }) => ({
      therapists: directory.therapists,
      p50: percentile(times, 0.5),
      p99: percentile(times, 0.99),
      runs: times.length,
      givenUp,
      rowsPassed,
    })),
  };
}

function lineOf({ work, sizes }: Growth): string {
  const cells = sizes.map(
    ({ p50, p99, givenUp, rowsPassed }) =>
      `${p50.toFixed(1)}/${p99.toFixed(1)} ms${givenUp ? `, ${givenUp} given up` : ""}${rowsPassed > 500 ? `, passes ${rowsPassed}` : ""}`,
  );
  return `  ${work}: ${cells.join(" | ")}; load ${loadavg()[0]?.toFixed(1)}`;
}
