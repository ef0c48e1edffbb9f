import { createHmac, hkdfSync } from "node:crypto";
import { readConfig } from "#lib/config.ts";
import { SetupError } from "#lib/errors.ts";

export type MasterKey = {
  /** The 32 bytes themselves. */
  secret: Buffer;
  /** Sixteen characters that only this key gives, and that tell nothing else of it. */
  mark: string;
  /** A key made from it for one purpose. */
  forPurpose(purpose: string): Buffer;
};

export type MasterKeys = {
  /** Whatever is sealed now is sealed with this one. */
  sealing: MasterKey;
  /** While the key is being changed: the one that opens, too. */
  next: MasterKey | null;
  before: MasterKey | null;
};

/** The master keys of the environment. @throws SetupError where none is set, or they do not fit */
export function masterKeys(): MasterKeys {
  const { MASTER_KEY, MASTER_KEY_NEXT, MASTER_KEY_BEFORE } = process.env;
  const from = [MASTER_KEY, MASTER_KEY_NEXT, MASTER_KEY_BEFORE].join(" ");
  if (read?.from !== from) read = { from, keys: readKeys() };
  return read.keys;
}

/** Those that open, the likeliest first. */
export function openingKeys(): MasterKey[] {
  const { sealing, next, before } = masterKeys();
  return [sealing, next, before].filter((key) => key !== null);
}

/** In the order in which they seal, or sealed. */
export function keysInOrder(): MasterKey[] {
  const { sealing, next, before } = masterKeys();
  return [before, sealing, next].filter((key) => key !== null);
}

/** @param secret 32 bytes */
export function masterKeyOf(secret: Buffer): MasterKey {
  const made = new Map<string, Buffer>();
  const forPurpose = (purpose: string) => {
    const known = made.get(purpose);
    if (known) return known;
    const key = Buffer.from(hkdfSync("sha256", secret, "parasol", purpose, 32));
    made.set(purpose, key);
    return key;
  };
  const mark = createHmac("sha256", forPurpose("hash:backup")).update("which key");
  return { secret, forPurpose, mark: mark.digest("base64url").slice(0, 16) };
}

/** Read once: nobody parses the environment for each text that is opened. */
let read: { from: string; keys: MasterKeys } | undefined;

function readKeys(): MasterKeys {
  const { MASTER_KEY, MASTER_KEY_NEXT, MASTER_KEY_BEFORE } = readConfig();
  if (!MASTER_KEY) {
    throw new SetupError("MASTER_KEY is not set. Example: openssl rand -base64 32");
  }
  const keyOf = (text: string) => masterKeyOf(Buffer.from(text, "base64"));
  return {
    sealing: keyOf(MASTER_KEY),
    next: MASTER_KEY_NEXT ? keyOf(MASTER_KEY_NEXT) : null,
    before: MASTER_KEY_BEFORE ? keyOf(MASTER_KEY_BEFORE) : null,
  };
}
