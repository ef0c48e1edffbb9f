import { generateAuthenticationOptions, generateRegistrationOptions } from "@simplewebauthn/server";
import { eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { passkeys } from "#db/schema/accounts.ts";
import { readConfig } from "#lib/config.ts";
import { keepChallenge } from "./passkey-challenge.ts";
import type { Session } from "./rules.ts";
import type { RelyingParty } from "./site-origin.ts";

type Options<T> = { ceremony: string; options: T };

/** What a browser needs to make a passkey that names its owner by itself. */
export async function offerNewPasskey(
  { personId, email, name }: Pick<Session, "personId" | "email" | "name">,
  site: RelyingParty,
  db: Db = primary(),
): Promise<Options<Awaited<ReturnType<typeof generateRegistrationOptions>>>> {
  const known = await db
    .select({ id: passkeys.id, transports: passkeys.transports })
    .from(passkeys)
    .where(eq(passkeys.personId, personId));
  const options = await generateRegistrationOptions({
    rpName: readConfig().SITE_NAME,
    rpID: site.id,
    userName: email,
    userDisplayName: name,
    userID: new TextEncoder().encode(personId),
    excludeCredentials: known,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  return { ceremony: await keepChallenge(options.challenge, personId, db), options };
}

/** What a browser needs to show a passkey, whoever it belongs to. */
export async function offerPasskeySignIn(
  site: RelyingParty,
  db: Db = primary(),
): Promise<Options<Awaited<ReturnType<typeof generateAuthenticationOptions>>>> {
  const options = await generateAuthenticationOptions({
    rpID: site.id,
    userVerification: "required",
  });
  return { ceremony: await keepChallenge(options.challenge, null, db), options };
}
