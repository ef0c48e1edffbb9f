import { passingKeys, sealBytes, unsealBytes } from "./seal.ts";

/** Milliseconds. What is sealed in one half hour opens until the next one is over. */
const HALF_HOUR = 30 * 60_000;
const LENGTH_BYTES = 4;
/** Nearly everything has the smaller size; the larger one holds the longest search there can be. */
const sizes = [512, 16_384] as const;

/**
 * Puts words into an address so that the address does not tell them: sealed, padded, and good for
 * 30 to 60 minutes.
 * @param purpose what it is for and in which form, such as `search 1`: it opens for that alone
 * @param now milliseconds
 * @throws RangeError when the words are longer than the larger size
 */
export function sealAddress(words: string, purpose: string, now: number = Date.now()): string {
  const bytes = Buffer.from(words, "utf8");
  const size = sizes.find((size) => bytes.length <= size - LENGTH_BYTES);
  if (size === undefined) throw new RangeError("too long to be sealed into an address");
  const padded = Buffer.alloc(size);
  padded.writeUInt32BE(bytes.length);
  bytes.copy(padded, LENGTH_BYTES);
  const context = contextOf(purpose, halfHourOf(now));
  return sealBytes(padded, passingKeys("address")[0], context).toString("base64url");
}

/** The words in an address; null when it has lapsed, was changed, or is none of ours. */
export function openAddress(
  sealed: string,
  purpose: string,
  now: number = Date.now(),
): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  const current = halfHourOf(now);
  for (const key of passingKeys("address")) {
    for (const halfHour of [current, current - 1]) {
      try {
        const padded = unsealBytes(bytes, key, contextOf(purpose, halfHour));
        const end = LENGTH_BYTES + padded.readUInt32BE();
        return padded.subarray(LENGTH_BYTES, end).toString("utf8");
      } catch {
        // Not of this half hour, or of the key before.
      }
    }
  }
  return null;
}

function halfHourOf(now: number): number {
  return Math.floor(now / HALF_HOUR);
}

function contextOf(purpose: string, halfHour: number): string {
  return `address:${purpose}:${halfHour}`;
}
