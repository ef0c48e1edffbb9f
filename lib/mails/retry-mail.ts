import { and, eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { mails } from "#db/schema/mails.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { enqueueSend } from "#lib/jobs/enqueue.ts";
import { requireMailKeeper } from "./access.ts";
import { stuck } from "./queries.ts";

/**
 * Has one mail tried again, at once and with a new count of tries.
 * @throws ConflictError `changed-elsewhere` when it was sent, or came too late, in the meantime
 */
export async function retryMail(actor: Actor, mailId: string, db: Db = primary()): Promise<void> {
  requireMailKeeper(actor);
  await db.transaction(async (tx) => {
    const [mail] = await tx
      .update(mails)
      .set({ state: "waiting" })
      .where(and(eq(mails.id, mailId), stuck()))
      .returning({ id: mails.id });
    if (!mail)
      throw (await exists(mailId, tx))
        ? new ConflictError("changed-elsewhere")
        : new NotFoundError();
    await enqueueSend(mailId, tx);
    await appendEvent(
      { actorId: actor.personId, verb: "mail.retry", subject: { kind: "mail", id: mailId } },
      tx,
    );
  });
}

async function exists(mailId: string, db: Db): Promise<boolean> {
  return (await db.select({ id: mails.id }).from(mails).where(eq(mails.id, mailId))).length > 0;
}
