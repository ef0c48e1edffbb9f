import { sql } from "drizzle-orm";
import type { Meilisearch } from "meilisearch";
import { type Db, primary } from "#db/client.ts";

export type Parts = { postgres: boolean; meilisearch: boolean; worker: boolean };

const PATIENCE_MS = 2000;
/** A worker says that it is there every ten seconds; three silences and it is away. */
export const heartbeat = { everyMs: 10_000, awayAfterSeconds: 35 } as const;

export async function readiness(client: Meilisearch, db: Db = primary()): Promise<Parts> {
  const [postgres, meilisearch, worker] = await Promise.all([
    answers(() => db.execute(sql`select 1`)),
    answers(async () => (await client.health()).status === "available"),
    answers(async () => {
      const [row] = await db.execute<{ away: number | null }>(
        sql`select extract(epoch from now() - max(seen_at))::float8 as away from workers`,
      );
      return row?.away != null && row.away < heartbeat.awayAfterSeconds;
    }),
  ]);
  return { postgres, meilisearch, worker };
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
