import {
  armor,
  Encrypter,
  generateX25519Identity,
  type Identity,
  identityToRecipient,
  webauthn,
} from "age-encryption";
import {
  type AgeFault,
  isIdentity,
  type Opened,
  openAgeFile,
  openWithPassphrase,
  readAgeHeader,
  sealAgeFile,
} from "./age-file.ts";

export interface Key {
  /** The secret half, `AGE-SECRET-KEY-1...`. Leaves the browser only wrapped. */
  identity: string;
  /** The public half, `age1...`. */
  recipient: string;
}

/** `no-passkey`: it was refused, or is not at hand, or this browser has none; none of them tells. */
export type KeyFault = AgeFault | "malformed" | "too-costly" | "no-passkey";

export type Unwrapped = ({ ok: true } & Key) | { ok: false; reason: KeyFault };

export type Wrapping = "passphrase" | "recovery" | "passkey";

/** Shortest passphrase: what wraps a secret lies on a server, and can be tried for years. */
export const PASSPHRASE_MIN = 16;

/** A new key pair. A recovery key is one as well: print its identity, then forget it. */
export async function makeKey(): Promise<Key> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** The first 16 bytes of SHA-256 of the recipient's text: eight groups of four hex digits. */
export async function fingerprint(recipient: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(recipient));
  const hex = [...new Uint8Array(hash, 0, 16)].map((byte) => byte.toString(16).padStart(2, "0"));
  return hex.join("").replace(/(.{4})(?!$)/g, "$1 ");
}

/** An armoured age file that the passphrase opens. Takes about a second, and 128 MB meanwhile. */
export async function wrapByPassphrase(identity: string, passphrase: string): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(plain(passphrase));
  encrypter.setScryptWorkFactor(workFactor);
  return armor.encode(await encrypter.encrypt(`${identity}\n`));
}

export async function unwrapByPassphrase(wrapped: string, passphrase: string): Promise<Unwrapped> {
  return unwrap(wrapped, "passphrase", (file) => openWithPassphrase(file, plain(passphrase)));
}

/** An armoured age file that another identity, the printed recovery key, opens. */
export async function wrapByRecovery(identity: string, recovery: Key): Promise<string> {
  return armor.encode(await sealAgeFile(secretBytes(identity), recovery.recipient));
}

/** Takes the recovery key as people type it: case, blanks and line breaks do not matter. */
export async function unwrapByRecovery(wrapped: string, recovery: string): Promise<Unwrapped> {
  const typed = recovery.replace(/\s/g, "").toUpperCase();
  if (!isIdentity(typed)) return { ok: false, reason: "wrong-key" };
  return unwrap(wrapped, "recovery", (file) => openAgeFile(file, typed));
}

/** Whether this browser says that its passkeys can wrap a key (WebAuthn's PRF). */
export async function canWrapByPasskey(): Promise<boolean> {
  if (typeof PublicKeyCredential === "undefined") return false;
  const capabilities = await PublicKeyCredential.getClientCapabilities?.();
  return capabilities?.["extension:prf"] === true;
}

/**
 * Makes a passkey for this alone, and wraps by it: a line that names the passkey, then the file.
 * @throws what the browser throws when it is refused or cannot
 */
export async function wrapByPasskey(identity: string, keyName: string): Promise<string> {
  const passkey = await webauthn.createCredential({ keyName });
  const recipient = new webauthn.WebAuthnRecipient({ identity: passkey });
  return `${passkey}\n${armor.encode(await sealAgeFile(secretBytes(identity), recipient))}`;
}

/** Asks for the passkey that the wrapped key names. Never throws. */
export async function unwrapByPasskey(wrapped: string): Promise<Unwrapped> {
  let refused = false;
  const asking: Identity = {
    unwrapFileKey: async (stanzas) => {
      try {
        const [identity = ""] = wrapped.split("\n", 1);
        return await new webauthn.WebAuthnIdentity({ identity }).unwrapFileKey(stanzas);
      } catch {
        refused = true;
        return null;
      }
    },
  };
  const unwrapped = await unwrap(wrapped, "passkey", (file) => openAgeFile(file, asking));
  return refused ? { ok: false, reason: "no-passkey" } : unwrapped;
}

/** Whether a text has the outer form of a wrapped key. All that a server can see of it. */
export function isWrapped(text: string, by: Wrapping): boolean {
  return text.length <= 4096 && !("reason" in wrappedFile(text, by));
}

const stanzaOf: Record<Wrapping, string> = {
  passphrase: "scrypt",
  recovery: "X25519",
  passkey: "age-encryption.org/fido2prf",
};

/** 2^17: the least that OWASP names for scrypt. `age` itself takes 2^18, too much for old phones. */
const workFactor = 17;
const costliest = 18;

const passkeyLine = /^AGE-PLUGIN-FIDO2PRF-1[02-9AC-HJ-NP-Z]+\n/;

async function unwrap(
  wrapped: string,
  by: Wrapping,
  open: (file: Uint8Array) => Promise<Opened>,
): Promise<Unwrapped> {
  const read = wrappedFile(wrapped, by);
  if ("reason" in read) return { ok: false, reason: read.reason };
  const opened = await open(read.file);
  if (!opened.ok) return opened;
  const lines = new TextDecoder().decode(opened.plaintext).split("\n");
  const [identity = "", ...more] = lines.map((line) => line.trim()).filter(isContent);
  if (!isIdentity(identity) || more.length > 0) return { ok: false, reason: "malformed" };
  return { ok: true, identity, recipient: await identityToRecipient(identity) };
}

function wrappedFile(
  text: string,
  by: Wrapping,
): { file: Uint8Array } | { reason: "not-age" | "too-costly" } {
  const armoured = by === "passkey" ? text.replace(passkeyLine, "") : text;
  if (by === "passkey" && armoured === text) return { reason: "not-age" };
  try {
    const file = armor.decode(armoured);
    const [stanza, ...others] = readAgeHeader(file)?.stanzas ?? [];
    if (stanza?.[0] !== stanzaOf[by] || others.length > 0) return { reason: "not-age" };
    const costly = by === "passphrase" && Number(stanza[2]) > costliest;
    return costly ? { reason: "too-costly" } : { file };
  } catch {
    return { reason: "not-age" };
  }
}

/** Two keyboards can write one accent in two ways. */
function plain(passphrase: string): string {
  return passphrase.normalize("NFKC").trim();
}

function secretBytes(identity: string): Uint8Array {
  return new TextEncoder().encode(`${identity}\n`);
}

/** `age-keygen` puts comments above its key. */
function isContent(line: string): boolean {
  return line !== "" && !line.startsWith("#");
}
