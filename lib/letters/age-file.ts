import { base64, base64nopad, bech32 } from "@scure/base";
import { Decrypter, Encrypter, type Identity, type Recipient } from "age-encryption";

/** Why an age file was not opened: no such file, not for this key, or not as it was made. */
export type AgeFault = "not-age" | "wrong-key" | "tampered";

export type Opened = { ok: true; plaintext: Uint8Array } | { ok: false; reason: AgeFault };

/** Who else can open a file: the first line of each stanza, split at its blanks. */
export interface AgeHeader {
  stanzas: string[][];
  /** Bytes until the payload, which begins with a nonce of 16. */
  size: number;
}

/** @throws when the recipient is none; ask `isRecipient` of what others sent, and expect it. */
export async function sealAgeFile(
  plaintext: Uint8Array,
  recipient: string | Recipient,
): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter.encrypt(plaintext);
}

/** Opens a file with one identity. Never throws, whatever the file. */
export async function openAgeFile(file: Uint8Array, identity: string | Identity): Promise<Opened> {
  return open(file, (decrypter) => decrypter.addIdentity(identity));
}

/** The same with a passphrase. Never throws. */
export async function openWithPassphrase(file: Uint8Array, passphrase: string): Promise<Opened> {
  return open(file, (decrypter) => decrypter.addPassphrase(passphrase));
}

/** The header of an age v1 file; null where it is none. */
export function readAgeHeader(file: Uint8Array): AgeHeader | null {
  const lines = new TextDecoder("latin1").decode(file.subarray(0, longestHeader)).split("\n");
  if (lines[0] !== "age-encryption.org/v1") return null;
  const last = lines.findIndex((line) => line.startsWith("--- "));
  if (last < 0 || last === lines.length - 1 || bytesIn(lines[last]?.slice(4)) !== 32) return null;
  const stanzas: string[][] = [];
  for (let at = 1; at < last; ) {
    const [arrow, ...stanza] = (lines[at++] ?? "").split(" ");
    if (arrow !== "->" || stanza.length === 0 || !stanza.every(isArgument)) return null;
    let body = 48;
    while (body === 48 && at < last) body = bytesIn(lines[at++]);
    if (body >= 48 || body < 0) return null;
    stanzas.push(stanza);
  }
  const size = lines.slice(0, last + 1).reduce((sum, line) => sum + line.length + 1, 0);
  return stanzas.length > 0 ? { stanzas, size } : null;
}

/** An X25519 recipient (`age1...`), spelled right. */
export function isRecipient(text: string): boolean {
  return isKeyText(text, "age", /^age1[02-9ac-hj-np-z]{58}$/);
}

/** An X25519 identity (`AGE-SECRET-KEY-1...`), spelled right. */
export function isIdentity(text: string): boolean {
  return isKeyText(text, "AGE-SECRET-KEY-", /^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/);
}

/** The bytes of strict base64; null where it is none. */
export function fromBase64(text: string): Uint8Array | null {
  try {
    return base64.decode(text);
  } catch {
    return null;
  }
}

const longestHeader = 4096;

async function open(file: Uint8Array, give: (decrypter: Decrypter) => void): Promise<Opened> {
  if (!readAgeHeader(file)) return { ok: false, reason: "not-age" };
  let unmatched = false;
  try {
    const decrypter = new Decrypter();
    give(decrypter);
    // Asked last, and only when no key before it fits: no reading of error texts.
    decrypter.addIdentity({
      unwrapFileKey: () => {
        unmatched = true;
        return null;
      },
    });
    return { ok: true, plaintext: await decrypter.decrypt(file) };
  } catch {
    return { ok: false, reason: unmatched ? "wrong-key" : "tampered" };
  }
}

function isArgument(text: string): boolean {
  return /^[!-~]+$/.test(text);
}

/** How many bytes a line of unpadded base64 holds; below zero where it is none. */
function bytesIn(line = "?"): number {
  try {
    return base64nopad.decode(line).length;
  } catch {
    return -1;
  }
}

function isKeyText(text: string, prefix: string, form: RegExp): boolean {
  const decoded = form.test(text) ? bech32.decodeUnsafe(text) : undefined;
  return decoded?.prefix.toLowerCase() === prefix.toLowerCase();
}
