import { type Db, primary } from "#db/client.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";
import { enqueueRegisterReading } from "#lib/jobs/enqueue.ts";
import { requireRegisterKeeper } from "./access.ts";
import { listActiveConnectors } from "./connectors.ts";

/** Has a register's file read now. @throws NotFoundError when there is none of that id, or it is off */
export async function askReading(
  actor: Actor,
  sourceId: string,
  db: Db = primary(),
): Promise<void> {
  requireRegisterKeeper(actor);
  const known = listActiveConnectors().some(({ id, file }) => id === sourceId && file);
  if (!known) throw new NotFoundError();
  await db.transaction(async (tx) => {
    await enqueueRegisterReading(sourceId, tx);
    await appendEvent(
      {
        actorId: actor.personId,
        verb: "register.ask",
        subject: { kind: "register", id: sourceId },
      },
      tx,
    );
  });
}
