import { inArray } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { registerSources } from "#db/schema/registers.ts";
import { enqueueRegisterReading } from "#lib/jobs/enqueue.ts";
import type { Connector } from "./connector.ts";
import { listActiveConnectors } from "./connectors.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Has every file read whose days are over since it was last read well; safe to repeat. */
export async function enqueueDueReadings(
  now: Date,
  db: Db,
  connectors: readonly Connector[] = listActiveConnectors(),
): Promise<void> {
  const files = connectors.flatMap(({ id, file }) => (file ? [{ id, days: file.everyDays }] : []));
  const read = await db
    .select({ id: registerSources.id, lastGoodAt: registerSources.lastGoodAt })
    .from(registerSources)
    .where(
      inArray(
        registerSources.id,
        files.map(({ id }) => id),
      ),
    );
  for (const { id, days } of files) {
    const last = read.find((row) => row.id === id)?.lastGoodAt?.getTime() ?? 0;
    if (now.getTime() - last >= days * DAY_MS) await enqueueRegisterReading(id, db);
  }
}
