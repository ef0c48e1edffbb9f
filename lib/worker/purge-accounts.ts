import type { Db } from "#db/client.ts";
import { purgeAskedDeletions } from "#lib/accounts/purge-deleted-accounts.ts";
import { photoRefs } from "#lib/photos/rules.ts";
import { letGo } from "#lib/storage/let-go.ts";
import { openStore } from "#lib/storage/open-store.ts";
import type { Store } from "#lib/storage/store.ts";

/**
 * Deletes the accounts whose days of grace are over, and what the store has of theirs. Should this
 * process end in between, the bytes have no key any more, and the next sweep takes them.
 */
export async function purgeAccounts(now: Date, db: Db, store: Store = openStore()): Promise<void> {
  const purged = await purgeAskedDeletions(now, db);
  const refs = purged.flatMap(({ storageRefs, photoIds }) => [
    ...storageRefs,
    ...photoIds.flatMap((id) => photoRefs(id)),
  ]);
  await letGo(refs, store);
}
