import { base64 } from "@scure/base";
import { armor } from "age-encryption";
import { type AgeFault, fromBase64, openAgeFile, readAgeHeader } from "./age-file.ts";

/** Longest text that the box takes, in characters. */
export const ARMOURED_LIMIT = 24_000;

export type ArmouredProblem =
  | "empty"
  | "too-long"
  /** Words that anyone can read, before, after or in place of the file. */
  | "plain-text"
  /** Someone's secret key. It must not travel any further. */
  | "secret-key"
  | "truncated"
  | "malformed"
  /** Sealed by a passphrase, which the therapist does not know. */
  | "passphrase"
  /** Sealed to keys of other kinds alone. */
  | "no-recipient";

export type ArmouredReading =
  | { ok: true; ciphertext: string }
  | { ok: false; reason: ArmouredProblem };

/**
 * Whether a text is one whole age file in ASCII armour, sealed to at least one X25519 key. Gives
 * the file itself in base64, without what armour can carry besides. Never throws.
 */
export function readArmoured(text: string): ArmouredReading {
  if (text.length > ARMOURED_LIMIT) return refuse("too-long");
  if (/AGE-SECRET-KEY-/i.test(text)) return refuse("secret-key");
  const lines = text.split("\n").map((line) => line.trim());
  const armoured = lines.filter((line) => line !== "");
  if (armoured.length === 0) return refuse("empty");
  if (armoured[0] !== first || armoured.slice(0, -1).includes(last)) return refuse("plain-text");
  if (armoured.at(-1) !== last)
    return refuse(armoured.slice(1).every(isBase64) ? "truncated" : "plain-text");
  const file = decoded(armoured.join("\n"));
  const header = file && readAgeHeader(file);
  if (!file || !header) return refuse("malformed");
  const kinds = header.stanzas.map(([kind]) => kind);
  if (kinds.includes("scrypt")) return refuse("passphrase");
  if (!kinds.includes("X25519")) return refuse("no-recipient");
  if (file.length < header.size + nonceAndTag) return refuse("truncated");
  return { ok: true, ciphertext: base64.encode(file) };
}

export type OpenArmoured =
  | { ok: true; body: string }
  | { ok: false; reason: AgeFault | "malformed" };

/** Opens such a file (base64) with whichever identity fits; its words are text. Never throws. */
export async function openArmoured(
  ciphertext: string,
  identities: readonly string[],
): Promise<OpenArmoured> {
  const file = fromBase64(ciphertext);
  if (!file) return { ok: false, reason: "not-age" };
  let reason: AgeFault = "wrong-key";
  for (const identity of identities) {
    const opened = await openAgeFile(file, identity);
    if (opened.ok) return textOf(opened.plaintext);
    if (opened.reason !== "wrong-key") reason = opened.reason;
  }
  return { ok: false, reason };
}

const first = "-----BEGIN AGE ENCRYPTED FILE-----";
const last = "-----END AGE ENCRYPTED FILE-----";
const nonceAndTag = 32;

function isBase64(line: string): boolean {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(line);
}

function decoded(armoured: string): Uint8Array | null {
  try {
    return armor.decode(armoured);
  } catch {
    return null;
  }
}

function textOf(plaintext: Uint8Array): OpenArmoured {
  try {
    return { ok: true, body: new TextDecoder("utf-8", { fatal: true }).decode(plaintext) };
  } catch {
    return { ok: false, reason: "malformed" };
  }
}

function refuse(reason: ArmouredProblem): ArmouredReading {
  return { ok: false, reason };
}
