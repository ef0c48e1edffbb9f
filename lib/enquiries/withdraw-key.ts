import { and, eq, isNull, lte } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { enquiryKeys } from "#db/schema/enquiries.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";
import { lockOwnListing } from "./access.ts";
import { tellOfKey } from "./tell-of-key.ts";

/**
 * Takes back a key that counts: nobody seals to it from now on, and no older one takes its place.
 * It stays, wrapped, until no letter to it can be left.
 * @throws NotFoundError when it is gone, not theirs, taken back already, or still waits
 */
export async function withdrawKey(
  actor: Actor,
  keyId: string,
  now: Date,
  db: Db = primary(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const therapistId = await lockOwnListing(actor, tx);
    const [withdrawn] = await tx
      .update(enquiryKeys)
      .set({ withdrawnAt: now })
      .where(
        and(
          eq(enquiryKeys.id, keyId),
          eq(enquiryKeys.therapistId, therapistId),
          lte(enquiryKeys.activeFrom, now),
          isNull(enquiryKeys.withdrawnAt),
        ),
      )
      .returning({ recipient: enquiryKeys.recipient });
    if (!withdrawn) throw new NotFoundError();
    const news = { verb: "message-key.withdraw", what: "withdrawn", activeFrom: null } as const;
    await tellOfKey(actor, { therapistId, ...news, ...withdrawn }, tx);
  });
}
