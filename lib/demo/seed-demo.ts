import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { enqueueReindexAll } from "#lib/jobs/enqueue.ts";
import type { Day } from "#lib/vetting/rules.ts";
import { insertRows } from "./insert-rows.ts";
import { makePersonas, makeTherapist } from "./make-therapist.ts";

const BATCH = 500;
export const DEMO_SEED = "parasol";

export type SeedOptions = {
  /** How many generated therapists there shall be; personas come on top. */
  therapists: number;
  today: Day;
  seed?: string;
  onProgress?: (line: string) => void;
  signal?: AbortSignal;
};

/**
 * Fills the database with the personas and with generated therapists up to the number asked for.
 * Never duplicates and never removes: after 300, asking for 5,000 adds 4,700. Needs the reference.
 * @returns how many generated therapists were added.
 */
export async function seedDemo(db: Db, options: SeedOptions): Promise<number> {
  const { therapists, today, seed = DEMO_SEED, onProgress = () => {}, signal } = options;
  await write(makePersonas(seed, today), db);
  const present = await generatedSoFar(db);
  for (let start = present; start < therapists; start += BATCH) {
    signal?.throwIfAborted();
    const end = Math.min(start + BATCH, therapists);
    const indexes = Array.from({ length: end - start }, (_, offset) => start + offset);
    await write(
      indexes.map((index) => makeTherapist(seed, index, today)),
      db,
    );
    onProgress(`${end.toLocaleString("en")} of ${therapists.toLocaleString("en")} therapists`);
  }
  return Math.max(0, therapists - present);
}

/** The job is enqueued with the rows, so that neither can be there without the other. */
async function write(rows: Parameters<typeof insertRows>[0], db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    await insertRows(rows, tx);
    await enqueueReindexAll(tx);
  });
}

/** Ids are numbered in order, so the last one says how many there have been. */
async function generatedSoFar(db: Db): Promise<number> {
  const [row] = await db.execute<{ last: string | null }>(
    sql`select max(id) as last from therapists where id ~ '^demo-[0-9]+$'`,
  );
  return row?.last ? Number(row.last.slice("demo-".length)) : 0;
}
