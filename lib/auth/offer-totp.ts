import { seal, unseal } from "#lib/sealing/seal.ts";
import type { Session } from "./rules.ts";
import { newTotpSecret, totpAddress } from "./totp.ts";

const OFFER_MINUTES = 30;

/** A secret that is not anybody's second factor yet: it lives in the page that shows it. */
export type TotpOffer = {
  secret: string;
  address: string;
  /** Goes with the form and comes back with the first code; opens for this person alone. */
  sealed: string;
};

type Owner = Pick<Session, "personId" | "email">;

export function offerTotp({ personId, email }: Owner, now: Date): TotpOffer {
  const secret = newTotpSecret();
  const sealed = seal(`${now.getTime()} ${secret}`, contextOf(personId));
  return { secret, sealed, address: totpAddress(secret, email) };
}

/** The offer behind a sealed text; null when it is not theirs, was changed, or is too old. */
export function openTotpOffer(
  { personId, email }: Owner,
  sealed: string,
  now: Date,
): TotpOffer | null {
  const [madeAt = "", secret = ""] = tryUnseal(sealed, contextOf(personId)).split(" ");
  const age = now.getTime() - Number(madeAt);
  if (!secret || age < 0 || age > OFFER_MINUTES * 60_000) return null;
  return { secret, sealed, address: totpAddress(secret, email) };
}

const contextOf = (personId: string) => `totp-offer:${personId}`;

function tryUnseal(sealed: string, context: string): string {
  try {
    return unseal(sealed, context);
  } catch {
    return "";
  }
}
