import { and, eq, gt, inArray, or } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { addressChanges, people, sessions } from "#db/schema/accounts.ts";
import { therapists } from "#db/schema/profiles.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";
import { addressTokenHashes } from "./ask-address-change.ts";

export type AccountSettings = Awaited<ReturnType<typeof getAccountSettings>>;

/** What the settings page shows of the account itself. */
export async function getAccountSettings({ personId }: Actor, now: Date, db: Db = primary()) {
  const [account] = await db
    .select({
      email: people.email,
      locale: people.locale,
      deletionAskedAt: people.deletionAskedAt,
      listingState: therapists.listingState,
    })
    .from(people)
    .leftJoin(therapists, eq(therapists.personId, people.id))
    .where(eq(people.id, personId));
  if (!account) throw new NotFoundError();
  const { newEmail, oldConfirmedAt, newConfirmedAt, expires } = addressChanges;
  const [addressChange] = await db
    .select({ newEmail, oldConfirmedAt, newConfirmedAt })
    .from(addressChanges)
    .where(and(eq(addressChanges.personId, personId), gt(expires, now)));
  const signedIn = await db.$count(
    sessions,
    and(eq(sessions.userId, personId), gt(sessions.expires, now)),
  );
  return { ...account, addressChange: addressChange ?? null, sessions: signedIn };
}

/** Whether a link to confirm an address would work now; looking does not use it. */
export async function isAddressLinkGood(
  token: string,
  now: Date,
  db: Db = primary(),
): Promise<boolean> {
  const hashes = addressTokenHashes(token);
  const { oldTokenHash, newTokenHash, oldConfirmedAt, newConfirmedAt, expires } = addressChanges;
  const [change] = await db
    .select({ oldTokenHash, oldConfirmedAt, newConfirmedAt })
    .from(addressChanges)
    .where(and(or(inArray(oldTokenHash, hashes), inArray(newTokenHash, hashes)), gt(expires, now)));
  if (!change) return false;
  return (
    (hashes.includes(change.oldTokenHash) ? change.oldConfirmedAt : change.newConfirmedAt) === null
  );
}
