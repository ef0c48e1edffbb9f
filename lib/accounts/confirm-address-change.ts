import { and, eq, gt, inArray, notExists, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, primary } from "#db/client.ts";
import { addressChanges, people, verificationTokens } from "#db/schema/accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { sendSecurityNotice } from "#lib/auth/send-security-notice.ts";
import { addressTokenHashes } from "./ask-address-change.ts";

/**
 * Notes that one of the two addresses said yes; when both have, the account moves to the new one.
 * An address of another account never takes over, and says nothing of it.
 * @param token as it stands in the link
 * @returns false when the link is not good (any more)
 */
export async function confirmAddressChange(
  token: string,
  now: Date,
  db: Db = primary(),
): Promise<boolean> {
  const hashes = addressTokenHashes(token);
  return db.transaction(async (tx) => {
    const { oldTokenHash, newTokenHash, expires, id } = addressChanges;
    const [change] = await tx
      .select()
      .from(addressChanges)
      .where(
        and(or(inArray(oldTokenHash, hashes), inArray(newTokenHash, hashes)), gt(expires, now)),
      )
      .for("update");
    if (!change) return false;
    const side = hashes.includes(change.oldTokenHash) ? "old" : "new";
    if (change[`${side}ConfirmedAt`]) return false;
    await tx
      .update(addressChanges)
      .set({ [`${side}ConfirmedAt`]: now })
      .where(eq(id, change.id));
    const subject = { kind: "person", id: change.personId };
    const event = { actorId: change.personId, subject, details: { side } };
    await appendEvent({ ...event, verb: "account.confirm-address" }, tx);
    const other = side === "old" ? change.newConfirmedAt : change.oldConfirmedAt;
    if (other) await moveAccount(change, now, tx);
    return true;
  });
}

type Change = typeof addressChanges.$inferSelect;

async function moveAccount({ personId, newEmail }: Change, now: Date, db: Db): Promise<void> {
  const [before] = await db
    .select({ email: people.email })
    .from(people)
    .where(eq(people.id, personId))
    .for("update");
  const other = alias(people, "other");
  const taken = db.select({ one: sql`1` }).from(other).where(eq(other.email, newEmail));
  const moved = await db
    .update(people)
    .set({ email: newEmail, emailVerified: now })
    .where(and(eq(people.id, personId), notExists(taken)))
    .returning({ id: people.id });
  if (!before || moved.length === 0) return;
  await db.delete(addressChanges).where(eq(addressChanges.personId, personId));
  // A link that is still on its way to the old address would open a new account there.
  await db.delete(verificationTokens).where(eq(verificationTokens.identifier, before.email));
  const subject = { kind: "person", id: personId };
  await appendEvent({ actorId: personId, verb: "account.change-address", subject }, db);
  await sendSecurityNotice(personId, "address-changed", db, before.email);
  await sendSecurityNotice(personId, "address-changed", db);
}
