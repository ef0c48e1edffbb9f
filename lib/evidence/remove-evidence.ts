import { and, eq, isNull, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { trainings } from "#db/schema/credentials.ts";
import { evidence } from "#db/schema/evidence.ts";
import { therapists } from "#db/schema/profiles.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { areOwnDocumentsHeld } from "#lib/holds/queries.ts";
import { letGo } from "#lib/storage/let-go.ts";
import { openStore } from "#lib/storage/open-store.ts";
import type { Store } from "#lib/storage/store.ts";
import { isOwn } from "./access.ts";
import { withoutKey } from "./destroy-evidence.ts";
import { openStateOf } from "./queries.ts";
import { mayChangeEvidence } from "./rules.ts";

/**
 * Takes back a document of the actor's own for good: its key goes first, its bytes then.
 * @throws NotFoundError, ConflictError: "already-submitted", or "on-hold" while it must stay
 */
export async function removeEvidence(
  actor: Actor,
  id: string,
  db: Db = primary(),
  store: Store = openStore(),
): Promise<void> {
  const removed = await db.transaction(async (tx) => {
    const [own] = await tx
      .select({ id: therapists.id })
      .from(therapists)
      .where(eq(therapists.personId, actor.personId))
      .for("update");
    const [row] = await tx
      .update(evidence)
      .set(withoutKey())
      .where(and(eq(evidence.id, id), isOwn(actor), isNull(evidence.destroyedAt)))
      .returning({ storageRef: evidence.storageRef, trainingId: evidence.trainingId });
    if (!own || !row) throw new NotFoundError();
    if (!mayChangeEvidence(await openStateOf(own.id, tx))) {
      throw new ConflictError("already-submitted");
    }
    if (await areOwnDocumentsHeld(actor, tx)) throw new ConflictError("on-hold");
    if (row.trainingId !== null) await unmarkTraining(row.trainingId, tx);
    const subject = { kind: "evidence", id };
    await appendEvent({ actorId: actor.personId, verb: "evidence.remove", subject }, tx);
    return row;
  });
  await letGo([removed.storageRef], store);
}

/** A training that nobody has looked at yet, and whose last document is gone, has none again. */
async function unmarkTraining(trainingId: string, tx: Db): Promise<void> {
  await tx
    .update(trainings)
    .set({ evidence: "none" })
    .where(
      and(
        eq(trainings.id, trainingId),
        eq(trainings.evidence, "provided"),
        sql`not exists (select from ${evidence}
          where ${evidence.trainingId} = ${trainings.id} and ${evidence.destroyedAt} is null)`,
      ),
    );
}
