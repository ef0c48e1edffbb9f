import { sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { isServing, type SearchEngine } from "#lib/search/engine.ts";

/** `meilisearch` when at least one node serves readers. */
export type Parts = { postgres: boolean; meilisearch: boolean; worker: boolean };
export type Readiness = {
  parts: Parts;
  /** Which nodes serve readers, in the order of MEILI_URL: addresses are nobody's business. */
  searchNodes: boolean[];
};

const PATIENCE_MS = 2000;
/** A worker says that it is there every ten seconds; three silences and it is away. */
export const heartbeat = { everyMs: 10_000, awayAfterSeconds: 35 } as const;

export async function readiness(engine: SearchEngine, db: Db = primary()): Promise<Readiness> {
  const [postgres, searchNodes, worker] = await Promise.all([
    answers(() => db.execute(sql`select 1`)),
    servingNodes(engine),
    answers(async () => {
      const [row] = await db.execute<{ away: number | null }>(
        sql`select extract(epoch from now() - max(seen_at))::float8 as away from workers`,
      );
      return row?.away != null && row.away < heartbeat.awayAfterSeconds;
    }),
  ]);
  return { parts: { postgres, meilisearch: searchNodes.includes(true), worker }, searchNodes };
}

/** Which nodes answer in time from an index that readers may be shown, in their order. */
export function servingNodes({ nodes, indexUid, standing }: SearchEngine): Promise<boolean[]> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  return Promise.all(
    nodes.map((node) => answers(() => isServing(node, indexUid, standing, signal))),
  );
}

/** Whether a question was answered in time, and not with a no. */
async function answers(ask: () => Promise<unknown>): Promise<boolean> {
  const { promise: tooLate, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), PATIENCE_MS);
  const answer = ask().then(
    (given) => given !== false,
    () => false,
  );
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
}
