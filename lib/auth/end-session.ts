import { eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { sessions } from "#db/schema/accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { tokenKey } from "#lib/sealing/link-token.ts";

/** Signs out one browser. A token of no session changes nothing. */
export async function endSession(token: string, db: Db = primary()): Promise<void> {
  await db.transaction(async (tx) => {
    const [ended] = await tx
      .delete(sessions)
      .where(eq(sessions.sessionToken, tokenKey(token)))
      .returning({ personId: sessions.userId });
    if (!ended) return;
    const subject = { kind: "person", id: ended.personId };
    await appendEvent({ actorId: ended.personId, verb: "session.end", subject }, tx);
  });
}
