import { and, eq, isNull } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { invitations, neverContact } from "#db/schema/mails.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { neverContactHash } from "#lib/email/enqueue-mail.ts";
import { NotFoundError } from "#lib/errors.ts";
import { tokenKey } from "#lib/sealing/link-token.ts";
import { tidyAddress } from "./rules.ts";

/**
 * Deletes someone who was entered by others, and all that was said of them, at once. What stays is
 * a keyed hash of the address, so that nobody invites it again.
 * @throws NotFoundError for a token we do not know, and once its person has signed in: an account
 * in use is deleted from inside
 */
export async function declineInvitation(token: string, db: Db = primary()): Promise<void> {
  await db.transaction(async (tx) => {
    const [person] = await tx
      .select({ id: people.id, email: people.email })
      .from(people)
      .innerJoin(invitations, eq(invitations.personId, people.id))
      .where(and(eq(invitations.tokenHash, tokenKey(token)), isNull(people.emailVerified)))
      .for("update", { of: people });
    if (!person) throw new NotFoundError();
    const addressHash = neverContactHash(tidyAddress(person.email));
    await tx.insert(neverContact).values({ addressHash }).onConflictDoNothing();
    await tx.delete(people).where(eq(people.id, person.id));
    const subject = { kind: "person", id: person.id };
    await appendEvent({ actorId: person.id, verb: "invitation.decline", subject }, tx);
  });
}
