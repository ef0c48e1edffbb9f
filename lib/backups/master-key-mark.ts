import { readConfig } from "#lib/config.ts";
import { keyedHash } from "#lib/sealing/seal.ts";

/** Sixteen characters that only this master key gives; null where none is set. */
export function masterKeyMark(): string | null {
  return readConfig().MASTER_KEY ? keyedHash("which key", "backup").slice(0, 16) : null;
}
