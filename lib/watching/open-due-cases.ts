import { inArray } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { checks } from "#db/schema/vetting.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { openCase } from "#lib/cases/open-case.ts";
import { enqueueRegisterLook } from "#lib/jobs/enqueue.ts";
import { logDefect } from "#lib/logs/log.ts";
import { readCadence } from "#lib/vetting/cadence.ts";
import type { Cadence, Day } from "#lib/vetting/rules.ts";
import { isListRead, listLooks, listWatched, lockWatched } from "./queries.ts";
import { type Claim, type DueLook, dueLooks, type Rhythm } from "./rules.ts";

export type WatchCount = { therapists: number; looks: number; failed: number };

type Options = { cadence?: Cadence; onProgress?: (sofar: Readonly<WatchCount>) => void };

const AT_ONCE = 200;

/**
 * Puts into the queue what is due to be looked at again: what ends, what the cadence says, the
 * sweeps. A look whose source was down lies in its open case all the while. Safe to do twice and at
 * once: one therapist at a time, under a lock. @throws at the end, when it failed for some
 */
export async function openDueCases(
  today: Day,
  db: Db = primary(),
  { cadence = readCadence(), onProgress = () => {} }: Options = {},
): Promise<WatchCount> {
  const count = { therapists: 0, looks: 0, failed: 0 };
  const rhythm = { today, cadence, listIsRead: await isListRead({ today, cadence }, db) };
  for await (const batch of inBatches(db)) {
    const looks = Map.groupBy(await listLooks(batch, db), ({ therapistId }) => therapistId);
    for (const therapist of batch) {
      if (dueLooks(therapist, looks.get(therapist.id) ?? [], rhythm).length === 0) continue;
      try {
        count.looks += await db.transaction((tx) => openDue(therapist.id, rhythm, tx));
      } catch (error) {
        count.failed += 1;
        logDefect(error, { part: "worker" });
      }
    }
    count.therapists += batch.length;
    onProgress(count);
  }
  if (count.failed > 0) throw new Error(`it failed for ${count.failed} of ${count.therapists}`);
  return count;
}

async function* inBatches(db: Db) {
  let after = "";
  while (true) {
    const batch = await listWatched({ after, most: AT_ONCE }, db);
    const last = batch.at(-1);
    if (!last) return;
    yield batch;
    after = last.id;
  }
}

/** Looks anew under the lock: meanwhile someone else may have begun what was due. */
async function openDue(therapistId: string, rhythm: Rhythm, tx: Db): Promise<number> {
  const therapist = await lockWatched(therapistId, tx);
  if (!therapist) return 0;
  const due = dueLooks(therapist, await listLooks([therapist], tx), rhythm);
  for (const [kind, looks] of Map.groupBy(due, (look) => look.kind)) {
    const dueOn = earliest(looks.map(({ endsOn }) => endsOn));
    const caseId = await openCase({ therapistId, kind, dueOn }, tx);
    await putInto(caseId, therapistId, looks, tx);
    await enqueueRegisterLook(caseId, tx);
  }
  return due.length;
}

async function putInto(
  caseId: string,
  therapistId: string,
  looks: readonly DueLook[],
  tx: Db,
): Promise<void> {
  const begun = looks.map((look) => look.begun).filter((id) => id !== null);
  if (begun.length > 0) await tx.update(checks).set({ caseId }).where(inArray(checks.id, begun));
  const fresh = looks.filter((look) => look.begun === null);
  if (fresh.length > 0) {
    await tx.insert(checks).values(fresh.map(({ about }) => lookAt(about, therapistId, caseId)));
  }
  const claims = looks.map(({ about }) => about.claimType).toSorted();
  const subject = { kind: "case", id: caseId };
  await appendEvent({ actorId: null, verb: "case.due", subject, details: { claims } }, tx);
}

function lookAt(
  { track, claimType, credentialId, trainingId, jurisdiction, claim, claimVersion }: Claim,
  therapistId: string,
  caseId: string,
): typeof checks.$inferInsert {
  return {
    ...{ track, claimType, credentialId, trainingId, jurisdiction, claim, claimVersion },
    therapistId,
    caseId,
    sourceType: "self",
    method: "manual",
    state: "attested",
  };
}

function earliest(days: readonly (Day | null)[]): Day | null {
  return days.filter((day) => day !== null).toSorted()[0] ?? null;
}
