import { verifyRegistrationResponse } from "@simplewebauthn/server";
import { count, eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { passkeys, people } from "#db/schema/accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { ConflictError } from "#lib/errors.ts";
import { markSecondFactor } from "./mark-second-factor.ts";
import { takeChallenge } from "./passkey-challenge.ts";
import { type Actor, MOST_PASSKEYS } from "./rules.ts";
import type { NewPasskey } from "./schema.ts";
import { sendSecurityNotice } from "./send-security-notice.ts";
import type { RelyingParty } from "./site-origin.ts";

export type AddedPasskey = NewPasskey & { site: RelyingParty; sessionKey: string };

/**
 * Keeps a passkey that the actor's device has just made. This session has shown it with that.
 * @returns false when the answer is not to our question, not from our site, or already kept
 * @throws ConflictError when there are too many
 */
export async function addPasskey(
  actor: Actor,
  { ceremony, name, response, site, sessionKey }: AddedPasskey,
  db: Db = primary(),
): Promise<boolean> {
  const { personId } = actor;
  const challenge = await takeChallenge(ceremony, personId, db);
  const made = challenge && (await verified(response, challenge, site));
  if (!made) return false;
  return db.transaction(async (tx) => {
    await tx.select({ id: people.id }).from(people).where(eq(people.id, personId)).for("update");
    const own = eq(passkeys.personId, personId);
    const [before] = await tx.select({ keys: count() }).from(passkeys).where(own);
    if ((before?.keys ?? 0) >= MOST_PASSKEYS) throw new ConflictError("too-many");
    const added = await tx
      .insert(passkeys)
      .values({ ...made, personId, name })
      .onConflictDoNothing()
      .returning({ id: passkeys.id });
    if (added.length === 0) return false;
    await markSecondFactor(actor, sessionKey, new Date(), tx);
    const subject = { kind: "passkey", id: made.id };
    await appendEvent({ actorId: personId, verb: "passkey.add", subject }, tx);
    await sendSecurityNotice(personId, "passkey-added", tx);
    return true;
  });
}

/** Whatever is wrong with an answer, the library throws; to us it is no answer. */
async function verified(
  response: NewPasskey["response"],
  challenge: string,
  { id: rpId, origin }: RelyingParty,
) {
  const result = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
  }).catch(() => null);
  if (!result?.verified) return null;
  const { credential, credentialBackedUp } = result.registrationInfo;
  return {
    id: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString("base64url"),
    counter: credential.counter,
    transports: response.response.transports ?? [],
    backedUp: credentialBackedUp,
  };
}
