import type { TaskList } from "graphile-worker";
import { z } from "zod";
import type { Db } from "#db/client.ts";
import { listActiveConnectors } from "#lib/registers/connectors.ts";
import { enqueueDueReadings } from "#lib/registers/enqueue-due-readings.ts";
import { matchExclusions } from "#lib/registers/match-exclusions.ts";
import { proposeFor } from "#lib/registers/propose-findings.ts";
import { readRegister } from "#lib/registers/read-register.ts";
import { todayUtc } from "#lib/vetting/rules.ts";

const look = z.object({ caseId: z.string().min(1) });
const reading = z.object({ sourceId: z.string().min(1) });

/** What only proposes. Broken settings stop the worker at its start, and not a job at night. */
export function registerTasks(db: Db) {
  const connectors = listActiveConnectors();
  return {
    "registers.look": async (payload) => {
      await proposeFor(look.parse(payload).caseId, db, connectors);
    },
    "registers.read": async (payload) => {
      const { sourceId } = reading.parse(payload);
      const known = connectors.find(({ id }) => id === sourceId);
      // Taken out of the settings, or switched off, since somebody asked.
      if (known?.file) await readRegister(known, todayUtc(), db);
    },
    "registers.match": () => matchExclusions(db),
    "registers.due": () => enqueueDueReadings(new Date(), db, connectors),
  } satisfies TaskList;
}
