import { masterKeys, openingKeys } from "#lib/sealing/master-keys.ts";

type Marks = { masterKey: string | null; otherMasterKey: string | null };

/** By which keys what we hold may be sealed: the one of today, and one more while it is changed. */
export function masterKeyMarks(): Marks {
  if (!process.env.MASTER_KEY) return { masterKey: null, otherMasterKey: null };
  const { sealing, next, before } = masterKeys();
  return { masterKey: sealing.mark, otherMasterKey: (next ?? before)?.mark ?? null };
}

/** Whether all that was written with those keys opens with ours. */
export function opensHere({ masterKey, otherMasterKey }: Marks): boolean {
  const ours = process.env.MASTER_KEY ? openingKeys().map(({ mark }) => mark) : [];
  return [masterKey, otherMasterKey].every((mark) => mark === null || ours.includes(mark));
}
