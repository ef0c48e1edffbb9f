import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { directoryVersion } from "#db/schema/directory.ts";

/**
 * Makes every web process drop the pages it keeps. Changes to tables count themselves (migration
 * 0001); this is for the index, whose answers change when a job has written to it.
 */
export async function bumpDirectoryVersion(db: Db): Promise<void> {
  await db.update(directoryVersion).set({ version: sql`${directoryVersion.version} + 1` });
}
