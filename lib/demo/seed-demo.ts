import { setImmediate as breathe } from "node:timers/promises";
import { type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { enqueueReindexAll } from "#lib/jobs/enqueue.ts";
import type { Day } from "#lib/vetting/rules.ts";
import { insertStatements } from "./insert-rows.ts";
import { makePersonas, makeTherapist } from "./make-therapist.ts";
import { generatedId } from "./portrait.ts";

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
 * Adds who is missing and changes nobody: after 300, asking for 5,000 adds 4,700. The reference
 * data must be there. @returns how many generated therapists were added.
 */
export async function seedDemo(db: Db, options: SeedOptions): Promise<number> {
  const { therapists, today, seed = DEMO_SEED, onProgress = () => {}, signal } = options;
  const present = await peoplePresent(db);
  const personas = makePersonas(seed, today).filter(({ people }) => !present.has(people[0]?.id));
  await write(insertStatements(personas), db);

  const missing = Array.from({ length: therapists }, (_, index) => index).filter(
    (index) => !present.has(`person-${generatedId(index)}`),
  );
  let writing = Promise.resolve();
  for (let start = 0; start < missing.length; start += BATCH) {
    signal?.throwIfAborted();
    const batch = missing.slice(start, start + BATCH);
    // The next ones are made up while Postgres is still busy with these.
    const statements = await makeBatch(seed, batch, today);
    await writing;
    writing = write(statements, db);
    writing.catch(() => {});
    const done = therapists - missing.length + start + batch.length;
    onProgress(`${done.toLocaleString("en")} of ${therapists.toLocaleString("en")} therapists`);
  }
  await writing;
  return missing.length;
}

async function makeBatch(seed: string, indexes: readonly number[], today: Day): Promise<SQL[]> {
  const rows: ReturnType<typeof makeTherapist>[] = [];
  for (const index of indexes) {
    rows.push(makeTherapist(seed, index, today));
    // Postgres must not wait for its next statement until all of them are made.
    if (rows.length % 8 === 0) await breathe();
  }
  return insertStatements(rows);
}

/** The job is enqueued with the rows, so that neither can be there without the other. */
async function write(statements: readonly SQL[], db: Db): Promise<void> {
  if (statements.length === 0) return;
  await db.transaction(async (tx) => {
    for (const statement of statements) await tx.execute(statement);
    await enqueueReindexAll(tx);
  });
}

async function peoplePresent(db: Db): Promise<Set<string | undefined>> {
  const rows = await db.execute<{ id: string }>(
    sql`select id from people where id like 'person-%'`,
  );
  return new Set(rows.map(({ id }) => id));
}
