import { and, eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { enquiryKeys } from "#db/schema/enquiries.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError, NotFoundError } from "#lib/errors.ts";
import { isWrapped } from "#lib/letters/keys.ts";
import { lockOwnListing } from "./access.ts";
import type { NewWraps } from "./schema.ts";
import { tellOfKey } from "./tell-of-key.ts";

/**
 * Puts a new passphrase, recovery key or passkey in place of the one before. The keys stay as they
 * are, and so do the other ways to open them. All of them change, or none.
 * @throws NotFoundError when one is gone or not theirs, ConflictError `unsealed` when it is not wrapped
 */
export async function rewrapKeys(
  actor: Actor,
  { by, keys }: NewWraps,
  db: Db = primary(),
): Promise<void> {
  if (!keys.every(({ wrapped }) => isWrapped(wrapped, by))) throw new ConflictError("unsealed");
  await db.transaction(async (tx) => {
    const therapistId = await lockOwnListing(actor, tx);
    for (const { keyId, wrapped } of keys) {
      const [rewrapped] = await tx
        .update(enquiryKeys)
        .set(columnOf[by](wrapped))
        .where(and(eq(enquiryKeys.id, keyId), eq(enquiryKeys.therapistId, therapistId)))
        .returning({ recipient: enquiryKeys.recipient });
      if (!rewrapped) throw new NotFoundError();
      const news = { verb: "message-key.rewrap", what: "rewrapped", activeFrom: null } as const;
      await tellOfKey(actor, { therapistId, ...news, ...rewrapped }, tx);
    }
  });
}

const columnOf = {
  passphrase: (wrapped: string) => ({ wrappedByPassphrase: wrapped }),
  recovery: (wrapped: string) => ({ wrappedByRecovery: wrapped }),
  passkey: (wrapped: string) => ({ wrappedByPasskey: wrapped }),
};
