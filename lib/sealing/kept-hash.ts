import { asc } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { earlierKeys } from "#db/schema/keys.ts";
import { keysInOrder, type MasterKey, masterKeyOf, masterKeys } from "./master-keys.ts";
import { hashWith, unseal } from "./seal.ts";

/**
 * A keyed hash that lasts, for a column: `<mark of the key>.<hash>`. When the master key changes, it
 * is hashed once more with the new key, since what was hashed is not known any more. The column also
 * stands in lib/keys/hash-columns.ts.
 */
export function keptHash(text: string, context: string): string {
  return markedHash(masterKeys().sealing, text, context);
}

/** What a kept hash becomes under a newer key: with the older one alone nothing can be guessed. */
export function hashAgain(kept: string, key: MasterKey): string {
  return markedHash(key, kept, "again");
}

/** Whether a hash is one of this key. */
export function isHashOf(kept: string, key: MasterKey): boolean {
  return kept.startsWith(`${key.mark}.`);
}

/** Every key with which something may have been hashed, in the order in which they were used. */
export type HashKeys = readonly MasterKey[];

/** @throws when the master keys of the environment do not open those that were used before */
export async function listHashKeys(db: Db): Promise<HashKeys> {
  const current = keysInOrder();
  const rows = await db
    .select({ mark: earlierKeys.mark, sealedKey: earlierKeys.sealedKey })
    .from(earlierKeys)
    .orderBy(asc(earlierKeys.givenUpAt));
  const earlier = rows
    .filter(({ mark }) => current.every((key) => key.mark !== mark))
    .map(({ mark, sealedKey }) => openEarlierKey(mark, sealedKey));
  return [...earlier, ...current];
}

/** What an earlier key is sealed for. */
export const earlierKeyContext = (mark: string) => `earlier-key:${mark}`;

function openEarlierKey(mark: string, sealedKey: string): MasterKey {
  return masterKeyOf(Buffer.from(unseal(sealedKey, earlierKeyContext(mark)), "base64url"));
}

/** All forms in which a text may stand: made with each key, and hashed again with those after it. */
export function hashesUnder(keys: HashKeys, text: string, context: string): string[] {
  return keys.flatMap((first, at) => {
    // Releases before the key could be changed wrote no mark.
    const made = [markedHash(first, text, context), hashWith(first, text, context)];
    return made.flatMap((hash) => [hash, ...hashedOn(hash, keys.slice(at + 1))]);
  });
}

function hashedOn(hash: string, [key, ...later]: HashKeys): string[] {
  if (!key) return [];
  const again = hashAgain(hash, key);
  return [again, ...hashedOn(again, later)];
}

function markedHash(key: MasterKey, text: string, context: string): string {
  return `${key.mark}.${hashWith(key, text, context)}`;
}
