import { type Db, primary } from "#db/client.ts";
import { mails } from "#db/schema/mails.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { enqueueSend } from "#lib/jobs/enqueue.ts";
import { requireMailKeeper } from "./access.ts";
import { stuck } from "./queries.ts";

/** Has every mail that did not go tried again, after a mail server came back. @returns how many */
export async function retryAllMails(actor: Actor, db: Db = primary()): Promise<number> {
  requireMailKeeper(actor);
  return db.transaction(async (tx) => {
    const again = await tx
      .update(mails)
      .set({ state: "waiting" })
      .where(stuck())
      .returning({ id: mails.id });
    for (const { id } of again) {
      await enqueueSend(id, tx);
      await appendEvent(
        { actorId: actor.personId, verb: "mail.retry", subject: { kind: "mail", id } },
        tx,
      );
    }
    return again.length;
  });
}
