import { and, eq, gt } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { enquiryKeys } from "#db/schema/enquiries.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError } from "#lib/errors.ts";
import { isRecipient } from "#lib/letters/age-file.ts";
import { isWrapped } from "#lib/letters/keys.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { lockOwnListing } from "./access.ts";
import { keyWaitHours } from "./rules.ts";
import type { NewKey } from "./schema.ts";
import { tellOfKey } from "./tell-of-key.ts";

/**
 * Keeps a key that the actor's browser made. The first counts at once; any later one after 72 hours,
 * so that its owner can cancel what someone else did. @returns the key's id
 * @throws NotFoundError without a listing; ConflictError `key-waits` while another waits,
 * `unsealed` when it is no key whose secret half is wrapped, `too-many` when it was given before
 */
export async function addKey(
  actor: Actor,
  key: NewKey,
  now: Date,
  db: Db = primary(),
): Promise<string> {
  if (!isKey(key)) throw new ConflictError("unsealed");
  return db.transaction(async (tx) => {
    const therapistId = await lockOwnListing(actor, tx);
    const own = eq(enquiryKeys.therapistId, therapistId);
    if ((await tx.$count(enquiryKeys, and(own, gt(enquiryKeys.activeFrom, now)))) > 0) {
      throw new ConflictError("key-waits");
    }
    const isFirst = (await tx.$count(enquiryKeys, own)) === 0;
    const waitMs = isFirst ? 0 : keyWaitHours * 60 * 60_000;
    const activeFrom = new Date(now.getTime() + waitMs);
    const [added] = await tx
      .insert(enquiryKeys)
      .values({ ...key, therapistId, createdAt: now, activeFrom })
      .onConflictDoNothing({ target: enquiryKeys.recipient })
      .returning({ id: enquiryKeys.id });
    if (!added) throw new ConflictError("too-many");
    const what = isFirst ? "first" : "waiting";
    const news = {
      what,
      recipient: key.recipient,
      activeFrom: isFirst ? null : todayUtc(activeFrom),
    } as const;
    await tellOfKey(actor, { therapistId, verb: "message-key.add", ...news }, tx);
    return added.id;
  });
}

function isKey(key: NewKey): boolean {
  const { recipient, wrappedByPassphrase, wrappedByRecovery, wrappedByPasskey } = key;
  return (
    isRecipient(recipient) &&
    isWrapped(wrappedByPassphrase, "passphrase") &&
    isWrapped(wrappedByRecovery, "recovery") &&
    (wrappedByPasskey === null || isWrapped(wrappedByPasskey, "passkey"))
  );
}
