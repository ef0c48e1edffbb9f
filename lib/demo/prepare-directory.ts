import { sql } from "drizzle-orm";
import { connect } from "#db/client.ts";
import { loadPlaybooks } from "#lib/playbooks/load-playbooks.ts";
import { loadReference } from "#lib/reference/load-reference.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { seedDemo } from "./seed-demo.ts";

const DEMO_THERAPISTS = 300;

/**
 * Makes a migrated database usable: reference data always, and the demo directory when it is asked
 * for and nobody is there yet. @returns whether the demo was made, and how many therapists there are.
 */
export async function prepareDirectory(
  databaseUrl: string,
  options: { demo: boolean; onProgress?: (line: string) => void },
): Promise<{ seeded: boolean; therapists: number }> {
  const { demo, onProgress = () => {} } = options;
  const { sql: pool, db } = connect(databaseUrl, { max: 2 });
  try {
    await loadReference(db);
    await loadPlaybooks(db);
    const seeded = demo && (await count("people")) === 0;
    if (seeded) {
      await seedDemo(db, { therapists: DEMO_THERAPISTS, today: todayUtc(), onProgress });
    }
    return { seeded, therapists: await count("therapists") };
  } finally {
    await pool.end();
  }

  async function count(table: "people" | "therapists"): Promise<number> {
    const [row] = await db.execute<{ total: number }>(
      sql`select count(*)::integer as total from ${sql.identifier(table)}`,
    );
    return row?.total ?? 0;
  }
}
