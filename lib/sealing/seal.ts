import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { type MasterKey, masterKeys, openingKeys } from "./master-keys.ts";

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts with AES-256-GCM under a key made from the master key for this one purpose.
 * @param context what it is and whose, such as `totp:<person>`: it opens with the same words alone.
 * What is kept in a column of the database also stands in lib/keys/sealed-columns.ts
 */
export function seal(plain: string, context: string): string {
  return sealWith(masterKeys().sealing, plain, context);
}

export function sealWith(key: MasterKey, plain: string, context: string): string {
  const bytes = Buffer.from(plain, "utf8");
  return sealBytes(bytes, key.forPurpose("text"), context).toString("base64url");
}

/** @throws when the text was changed, or sealed with another key or for something else */
export function unseal(sealed: string, context: string): string {
  for (const key of openingKeys()) {
    const plain = tryUnseal(sealed, context, key);
    if (plain !== null) return plain;
  }
  throw new Error("no master key opens it");
}

/** The same with one key and no other; null where that does not open it. */
export function tryUnseal(sealed: string, context: string, key: MasterKey): string | null {
  try {
    return unsealWith(key, sealed, context);
  } catch {
    return null;
  }
}

function unsealWith(key: MasterKey, sealed: string, context: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  return unsealBytes(bytes, key.forPurpose("text"), context).toString("utf8");
}

/**
 * A hash that nobody can make without the master key. For what passes within days, and is asked for
 * with `passingHashes`; what lasts has a `keptHash`, which outlives a change of the key.
 */
export function keyedHash(text: string, context: string): string {
  return hashWith(masterKeys().sealing, text, context);
}

/** The hash under each key that there is at the moment, that of today first. */
export function passingHashes(text: string, context: string): string[] {
  return openingKeys().map((key) => hashWith(key, text, context));
}

export function hashWith(key: MasterKey, text: string, context: string): string {
  return createHmac("sha256", key.forPurpose(`hash:${context}`))
    .update(text)
    .digest("base64url");
}

/** `version | iv | tag | ciphertext`. @param key 32 bytes */
export function sealBytes(plain: Uint8Array, key: Uint8Array, context: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), iv, cipher.getAuthTag(), body]);
}

/** @throws when anything about it is not as it was sealed */
export function unsealBytes(sealed: Uint8Array, key: Uint8Array, context: string): Buffer {
  const bytes = Buffer.from(sealed);
  const head = 1 + IV_BYTES + TAG_BYTES;
  if (bytes.length < head || bytes[0] !== VERSION) throw new Error("not a sealed text");
  const iv = bytes.subarray(1, 1 + IV_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(1 + IV_BYTES, head));
  return Buffer.concat([decipher.update(bytes.subarray(head)), decipher.final()]);
}

/**
 * Keys for what lasts an hour at most, that which seals first: from the master keys, so that all
 * processes share them; where there is none, a random one that ends with the process.
 */
export function passingKeys(purpose: string): [Buffer, ...Buffer[]] {
  const passing = `passing:${purpose}`;
  if (process.env.MASTER_KEY) {
    return openingKeys().map((key) => key.forPurpose(passing)) as [Buffer, ...Buffer[]];
  }
  ownKey ??= randomBytes(32);
  return [Buffer.from(hkdfSync("sha256", ownKey, "parasol", passing, 32))];
}

let ownKey: Buffer | undefined;
