import { base64urlnopad, bech32 } from "@scure/base";
import { identityToRecipient } from "age-encryption";

export interface Mailbox {
  /** What opens the mailbox on the server: 32 bytes, base64url. */
  token: string;
  /** What the server keeps: SHA-256 of the token's bytes, base64url. */
  tokenHash: string;
  /** Opens answers of therapists: an age identity and its public half. */
  identity: string;
  recipient: string;
  /** Opens answers of moderators. No therapist ever sees this recipient, so none can pose as them. */
  reportIdentity: string;
  reportRecipient: string;
  /** Secret between this codename and one therapist: 16 bytes, base64url. */
  threadWith(therapist: string): Promise<string>;
}

/** Everything that a codename stands for. The same 16 bytes give the same mailbox for good. */
export async function openMailbox(entropy: Uint8Array): Promise<Mailbox> {
  const derive = await deriverOf(entropy);
  const token = await derive("mailbox token", 32);
  const identity = identityOf(await derive("reply identity", 32));
  const reportIdentity = identityOf(await derive("report identity", 32));
  return {
    token: base64urlnopad.encode(token),
    tokenHash: base64urlnopad.encode(await sha256(token)),
    identity,
    recipient: await identityToRecipient(identity),
    reportIdentity,
    reportRecipient: await identityToRecipient(reportIdentity),
    threadWith: async (therapist) =>
      base64urlnopad.encode(await derive(`thread nonce ${therapist}`, 16)),
  };
}

/** The hash of a token that came in; null where it is none. */
export async function tokenHashOf(token: string): Promise<string | null> {
  if (!/^[\w-]{43}$/.test(token)) return null;
  try {
    return base64urlnopad.encode(await sha256(base64urlnopad.decode(token)));
  } catch {
    return null;
  }
}

type Derive = (label: string, bytes: number) => Promise<Uint8Array<ArrayBuffer>>;

async function deriverOf(entropy: Uint8Array): Promise<Derive> {
  if (entropy.length !== 16) throw new RangeError("A codename stands for 16 bytes.");
  const key = await crypto.subtle.importKey("raw", entropy.slice(), "HKDF", false, ["deriveBits"]);
  const utf8 = new TextEncoder();
  const salt = utf8.encode("parasol/letters/v1");
  return async (label, bytes) => {
    const algorithm = { name: "HKDF", hash: "SHA-256", salt, info: utf8.encode(label) };
    return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, bytes * 8));
  };
}

function identityOf(secret: Uint8Array): string {
  return bech32.encodeFromBytes("AGE-SECRET-KEY-", secret).toUpperCase();
}

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes.slice()));
}
