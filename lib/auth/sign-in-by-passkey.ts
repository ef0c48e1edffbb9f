import { verifyAuthenticationResponse } from "@simplewebauthn/server";
import { and, eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { passkeys, sessions } from "#db/schema/accounts.ts";
import { newToken, tokenKey } from "#lib/sealing/link-token.ts";
import { takeChallenge } from "./passkey-challenge.ts";
import { sessionLimits } from "./rules.ts";
import type { ShownPasskey } from "./schema.ts";
import { sessionCookie } from "./session-cookie.ts";
import type { RelyingParty } from "./site-origin.ts";
import { startSession } from "./start-session.ts";

export type PasskeySignIn = Pick<ShownPasskey, "ceremony" | "response"> & {
  site: RelyingParty;
  /** The session that the browser had before, which ends. */
  oldSession: string | null;
};

/**
 * Signs in whoever a passkey belongs to; no second factor is asked after it.
 * @returns the `Set-Cookie` value of a new session, or null when the passkey is not one of ours
 */
export async function signInByPasskey(
  { ceremony, response, site, oldSession }: PasskeySignIn,
  db: Db = primary(),
): Promise<string | null> {
  const challenge = await takeChallenge(ceremony, null, db);
  const [passkey] = await db.select().from(passkeys).where(eq(passkeys.id, response.id));
  if (!challenge || !passkey || !isOwner(response, passkey.personId)) return null;
  const counter = await verifiedCounter({ response, passkey, challenge, site });
  if (counter === null) return null;
  const token = newToken();
  const expires = new Date(Date.now() + sessionLimits.idleSeconds * 1000);
  return db.transaction(async (tx) => {
    // Someone who copied a passkey and is used at the same moment finds the counter moved.
    const used = await tx
      .update(passkeys)
      .set({ counter, lastUsedAt: new Date() })
      .where(and(eq(passkeys.id, passkey.id), eq(passkeys.counter, passkey.counter)))
      .returning({ id: passkeys.id });
    if (used.length === 0) return null;
    if (oldSession) {
      await tx.delete(sessions).where(eq(sessions.sessionToken, tokenKey(oldSession)));
    }
    await startSession({ personId: passkey.personId, token, expires, by: "passkey" }, tx);
    return sessionCookie(token, expires);
  });
}

/** A passkey says whose it is; it must be whom we know it by. */
function isOwner({ response }: ShownPasskey["response"], personId: string): boolean {
  const { userHandle } = response;
  return !userHandle || Buffer.from(userHandle, "base64url").toString("utf8") === personId;
}

type Shown = {
  response: ShownPasskey["response"];
  passkey: typeof passkeys.$inferSelect;
  challenge: string;
  site: RelyingParty;
};

/** Whatever is wrong with an answer, the library throws; to us it is no answer. */
async function verifiedCounter({ response, passkey, challenge, site }: Shown) {
  const result = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: true,
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, "base64url")),
      counter: passkey.counter,
      transports: passkey.transports,
    },
  }).catch(() => null);
  return result?.verified ? result.authenticationInfo.newCounter : null;
}
