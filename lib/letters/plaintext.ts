import { isRecipient } from "./age-file.ts";

/** What a letter holds, once it is open: not yet looked at. */
export type Letter = Record<string, unknown>;

/** Four bytes of length (big-endian), the text, then zeros up to the first size that holds it. */
export function pad(text: string, sizes: readonly number[]): Uint8Array | null {
  const bytes = new TextEncoder().encode(text);
  const size = sizes.find((candidate) => bytes.length + 4 <= candidate);
  if (!size) return null;
  const padded = new Uint8Array(size);
  new DataView(padded.buffer).setUint32(0, bytes.length);
  padded.set(bytes, 4);
  return padded;
}

/** The letter in a padded text; null where the length, the zeros or the JSON are not as they should. */
export function unpad(padded: Uint8Array): Letter | null {
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  const end = 4 + length;
  if (end > padded.length || padded.subarray(end).some((byte) => byte !== 0)) return null;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(padded.subarray(4, end));
    const letter: unknown = JSON.parse(text);
    return typeof letter === "object" && letter && !Array.isArray(letter) ? { ...letter } : null;
  } catch {
    return null;
  }
}

type Enquiry = { therapist: string; key: string; thread: string; reply: string; body: string };
type Reply = { therapist: string; thread: string; body: string; last: boolean };

export function isEnquiry(letter: Letter): letter is Letter & Enquiry {
  const { therapist, key, thread, reply, body } = letter;
  return (
    Object.keys(letter).length === 6 &&
    [therapist, key, body].every((field) => typeof field === "string") &&
    typeof thread === "string" &&
    /^[\w-]{22}$/.test(thread) &&
    typeof reply === "string" &&
    isRecipient(reply)
  );
}

export function isReply(letter: Letter): letter is Letter & Reply {
  const { therapist, thread, body, last } = letter;
  return (
    Object.keys(letter).length === 5 &&
    [therapist, thread, body].every((field) => typeof field === "string") &&
    typeof last === "boolean"
  );
}
