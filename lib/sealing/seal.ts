import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { readConfig } from "#lib/config.ts";
import { SetupError } from "#lib/errors.ts";

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts with AES-256-GCM under a key made from the master key for this one purpose.
 * @param context what it is and whose, such as `totp:<person>`: it opens with the same words alone
 */
export function seal(plain: string, context: string): string {
  return sealBytes(Buffer.from(plain, "utf8"), purposeKey("text"), context).toString("base64url");
}

/** @throws when the text was changed, or sealed with another key or for something else */
export function unseal(sealed: string, context: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  return unsealBytes(bytes, purposeKey("text"), context).toString("utf8");
}

/** A hash that nobody can make without the master key, for looking things up and nothing else. */
export function keyedHash(text: string, context: string): string {
  return createHmac("sha256", purposeKey(`hash:${context}`))
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
 * A key for what lasts an hour at most: from the master key, so that all processes share it; where
 * there is none, a random one that ends with the process.
 */
export function passingKey(purpose: string): Buffer {
  if (readConfig().MASTER_KEY) return purposeKey(`passing:${purpose}`);
  ownKey ??= randomBytes(32);
  return Buffer.from(hkdfSync("sha256", ownKey, "parasol", `passing:${purpose}`, 32));
}

let ownKey: Buffer | undefined;

const keys = new Map<string, Buffer>();

function purposeKey(purpose: string): Buffer {
  const known = keys.get(purpose);
  if (known) return known;
  const made = Buffer.from(hkdfSync("sha256", masterKey(), "parasol", purpose, 32));
  keys.set(purpose, made);
  return made;
}

function masterKey(): Buffer {
  const { MASTER_KEY } = readConfig();
  if (MASTER_KEY) return Buffer.from(MASTER_KEY, "base64");
  throw new SetupError("MASTER_KEY is not set. Example: openssl rand -base64 32");
}
