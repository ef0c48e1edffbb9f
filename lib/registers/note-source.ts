import { eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { registerSources } from "#db/schema/registers.ts";
import { RegisterError } from "./rules.ts";

/**
 * Has a register do its work, and notes when it was tried and how that went: facts about a machine,
 * so they stand outside of any transaction and leave no audit row. @throws what the work throws
 */
export async function notingSource<T>(id: string, work: () => Promise<T>, db: Db): Promise<T> {
  await db
    .insert(registerSources)
    .values({ id, lastTriedAt: new Date() })
    .onConflictDoUpdate({ target: registerSources.id, set: { lastTriedAt: new Date() } });
  try {
    const done = await work();
    await note(id, { lastGoodAt: new Date(), lastError: null }, db);
    return done;
  } catch (error) {
    if (error instanceof RegisterError) await note(id, { lastError: error.message }, db);
    throw error;
  }
}

/** Only what a source is seen to do: `lastGoodAt` never goes back. */
function note(id: string, seen: Partial<typeof registerSources.$inferInsert>, db: Db) {
  return db.update(registerSources).set(seen).where(eq(registerSources.id, id));
}
