import { and, eq, isNull } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { invitations } from "#db/schema/mails.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { NotFoundError } from "#lib/errors.ts";
import { tokenKey } from "#lib/sealing/link-token.ts";

/**
 * Says yes by the link of a mail; saying it again changes nothing. It lists nobody and opens no
 * account: for both they sign in first. @throws NotFoundError for a token we do not know
 */
export async function acceptInvitation(token: string, db: Db = primary()): Promise<void> {
  const ofToken = eq(invitations.tokenHash, tokenKey(token));
  await db.transaction(async (tx) => {
    const [accepted] = await tx
      .update(invitations)
      .set({ acceptedAt: new Date() })
      .where(and(ofToken, isNull(invitations.acceptedAt)))
      .returning({ personId: invitations.personId });
    if (accepted) {
      const { personId } = accepted;
      const subject = { kind: "person", id: personId };
      await appendEvent({ actorId: personId, verb: "invitation.accept", subject }, tx);
      return;
    }
    const [known] = await tx.select({ id: invitations.id }).from(invitations).where(ofToken);
    if (!known) throw new NotFoundError();
  });
}
