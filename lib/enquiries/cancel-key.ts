import { and, eq, gt } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { enquiryKeys } from "#db/schema/enquiries.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { lockOwnListing } from "./access.ts";
import { tellOfKey } from "./tell-of-key.ts";

/**
 * Takes away a key that still waits; nothing was ever sealed to it.
 * @throws NotFoundError when it is gone or not theirs, ConflictError `too-late` once it counts
 */
export async function cancelKey(
  actor: Actor,
  keyId: string,
  now: Date,
  db: Db = primary(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const therapistId = await lockOwnListing(actor, tx);
    const own = and(eq(enquiryKeys.id, keyId), eq(enquiryKeys.therapistId, therapistId));
    const [cancelled] = await tx
      .delete(enquiryKeys)
      .where(and(own, gt(enquiryKeys.activeFrom, now)))
      .returning({ recipient: enquiryKeys.recipient });
    if (!cancelled) {
      throw (await tx.$count(enquiryKeys, own)) > 0
        ? new ConflictError("too-late")
        : new NotFoundError();
    }
    const news = { verb: "message-key.cancel", what: "cancelled", activeFrom: null } as const;
    await tellOfKey(actor, { therapistId, ...news, ...cancelled }, tx);
  });
}
