import { asc, gt } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { therapists } from "#db/schema/profiles.ts";

const BATCH = 1000;

/** The ids of all therapists, some at a time. */
export async function* therapistBatches(db: Db): AsyncGenerator<string[]> {
  for (let after = ""; ; ) {
    const rows = await db
      .select({ id: therapists.id })
      .from(therapists)
      .where(gt(therapists.id, after))
      .orderBy(asc(therapists.id))
      .limit(BATCH);
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id);
    yield ids;
    after = ids.at(-1) ?? after;
  }
}
