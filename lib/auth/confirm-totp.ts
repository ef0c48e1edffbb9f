import { type Db, primary } from "#db/client.ts";
import { totpSecrets } from "#db/schema/accounts.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { seal } from "#lib/sealing/seal.ts";
import { markSecondFactor } from "./mark-second-factor.ts";
import type { TotpOffer } from "./offer-totp.ts";
import type { Actor } from "./rules.ts";
import { sendSecurityNotice } from "./send-security-notice.ts";
import { totpStep } from "./totp.ts";

export type TotpConfirmation = { offer: TotpOffer; code: string; sessionKey: string };

/**
 * Makes an authenticator app the actor's second factor, in place of one they had, once it has shown
 * a right code. This session has shown it with that. @returns whether the code was right
 */
export async function confirmTotp(
  actor: Actor,
  { offer, code, sessionKey }: TotpConfirmation,
  now: Date,
  db: Db = primary(),
): Promise<boolean> {
  const { personId } = actor;
  const lastStep = totpStep(offer.secret, code, now);
  if (lastStep === null) return false;
  const sealedSecret = seal(offer.secret, totpContext(personId));
  const secret = { sealedSecret, confirmedAt: now, lastStep };
  await db.transaction(async (tx) => {
    await tx
      .insert(totpSecrets)
      .values({ personId, ...secret })
      .onConflictDoUpdate({ target: totpSecrets.personId, set: secret });
    await markSecondFactor(actor, sessionKey, now, tx);
    const subject = { kind: "person", id: personId };
    await appendEvent({ actorId: personId, verb: "totp.confirm", subject }, tx);
    await sendSecurityNotice(personId, "totp-added", tx);
  });
  return true;
}

/** What a secret is sealed for. */
export const totpContext = (personId: string) => `totp:${personId}`;
