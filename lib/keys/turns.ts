import { type HashKeys, hashAgain, isHashOf } from "#lib/sealing/kept-hash.ts";
import type { MasterKey } from "#lib/sealing/master-keys.ts";
import { sealWith, tryUnseal } from "#lib/sealing/seal.ts";
import type { Text } from "./change-texts.ts";
import { hashColumns } from "./hash-columns.ts";
import type { Place } from "./places.ts";
import { sealedColumns } from "./sealed-columns.ts";

export type KeyChange = { to: MasterKey; before: MasterKey };

/** Null where nothing is to be done; else what is to stand there, or that nobody can tell. */
type Verdict = null | "closed" | { text: string };

export type Turn = { place: Place; sealed: boolean; look: (text: Text) => Verdict };

/** How each text comes under the new key: what is sealed is sealed anew, hashes are hashed again. */
export function turnsOf({ to, before }: KeyChange, hashKeys: HashKeys): Turn[] {
  const sealed = sealedColumns.map((place) => ({
    place,
    sealed: true,
    look: ({ of, text }: Text): Verdict => {
      const context = place.context(of);
      if (tryUnseal(text, context, to) !== null) return null;
      const plain = tryUnseal(text, context, before);
      return plain === null ? "closed" : { text: sealWith(to, plain, context) };
    },
  }));
  const hashed = hashColumns.map((place) => ({
    place,
    sealed: false,
    look: ({ text }: Text): Verdict => {
      if (isHashOf(text, to)) return null;
      const known = !text.includes(".") || hashKeys.some((key) => isHashOf(text, key));
      return known ? { text: hashAgain(text, to) } : "closed";
    },
  }));
  return [...sealed, ...hashed];
}
