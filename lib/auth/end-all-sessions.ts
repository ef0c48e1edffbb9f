import { eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { sessions } from "#db/schema/accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "./rules.ts";
import { sendSecurityNotice } from "./send-security-notice.ts";

/** Signs the actor out everywhere, here too. */
export async function endAllSessions(actor: Actor, db: Db = primary()): Promise<void> {
  const { personId } = actor;
  await db.transaction(async (tx) => {
    await tx.delete(sessions).where(eq(sessions.userId, personId));
    const subject = { kind: "person", id: personId };
    await appendEvent({ actorId: personId, verb: "session.end-all", subject }, tx);
    await sendSecurityNotice(personId, "signed-out-everywhere", tx);
  });
}
