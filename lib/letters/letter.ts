import { base64 } from "@scure/base";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import {
  type AgeFault,
  fromBase64,
  isRecipient,
  openAgeFile,
  readAgeHeader,
  sealAgeFile,
} from "./age-file.ts";
import { fingerprint } from "./keys.ts";
import type { Mailbox } from "./mailbox.ts";
import { isEnquiry, isReply, type Letter, pad, unpad } from "./plaintext.ts";

/** Bytes of the two sizes that an enquiry has before and after it is sealed; a reply: the larger. */
export const PLAIN_SIZES = [4096, 16_384] as const;
export const SEALED_SIZES = [4296, 16_584] as const;
/** The same in characters of base64, as it travels and is kept. */
export const SEALED_LENGTHS = [5728, 22_112] as const;
/** Longest body, in bytes of UTF-8 as JSON writes it: a line break or a quote counts two. */
export const BODY_LIMIT = 16_000;
/** In place of a therapist's id where moderators answer a report; its thread is the empty text. */
export const MODERATORS = "moderators";

export type LetterFault =
  | AgeFault
  | "wrong-size"
  | "malformed"
  | "wrong-version"
  | "wrong-therapist"
  | "wrong-fingerprint"
  | "wrong-thread";

export type Sealed =
  | { ok: true; ciphertext: string }
  | { ok: false; reason: "too-long" | "bad-recipient" };

export interface OpenEnquiry {
  ok: true;
  body: string;
  /** Equal for all letters of one codename to this therapist. Goes back with each answer. */
  thread: string;
  /** The age recipient that answers are sealed to. */
  reply: string;
  /** Fingerprint of the key that it was sealed to. */
  key: string;
}

export interface OpenReply {
  ok: true;
  body: string;
  /** A therapist's id, or `moderators`. */
  therapist: string;
  /** The therapist said that no more will follow. */
  last: boolean;
}

export interface Refused {
  ok: false;
  reason: LetterFault;
}

/** Seals what a visitor wrote to a therapist's active key. */
export async function sealEnquiry(enquiry: {
  therapist: string;
  recipient: string;
  mailbox: Pick<Mailbox, "recipient" | "threadWith">;
  body: string;
}): Promise<Sealed> {
  const { therapist, recipient, mailbox, body } = enquiry;
  const thread = await mailbox.threadWith(therapist);
  const key = await fingerprint(recipient);
  const letter = { v: 1, therapist, key, thread, reply: mailbox.recipient, body };
  return seal(letter, recipient, PLAIN_SIZES);
}

/** Opens an enquiry with whichever of a therapist's identities fits. Never throws. */
export async function openEnquiry(
  ciphertext: string,
  identities: readonly string[],
  { therapist }: { therapist: string },
): Promise<OpenEnquiry | Refused> {
  const opened = await openFirst(ciphertext, identities, SEALED_SIZES);
  if (!opened.ok) return opened;
  const { letter, identity } = opened;
  if (letter.v !== 1) return refuse("wrong-version");
  if (!isEnquiry(letter)) return refuse("malformed");
  const { key, thread, reply, body } = letter;
  if (key !== (await fingerprint(await identityToRecipient(identity)))) {
    return refuse("wrong-fingerprint");
  }
  if (letter.therapist !== therapist) return refuse("wrong-therapist");
  return { ok: true, body, thread, reply, key };
}

/** Seals an answer to the recipient and with the thread that came in the enquiry. */
export async function sealReply(reply: {
  therapist: string;
  recipient: string;
  thread: string;
  body: string;
  last: boolean;
}): Promise<Sealed> {
  const { therapist, recipient, thread, body, last } = reply;
  return seal({ v: 1, therapist, thread, body, last }, recipient, [PLAIN_SIZES[1]]);
}

/**
 * Opens one slot of a mailbox; an empty slot is `wrong-key`. A therapist's answer carries the
 * secret thread with that therapist, so nobody else could have written it. Never throws.
 */
export async function openReply(
  ciphertext: string,
  mailbox: Pick<Mailbox, "identity" | "reportIdentity" | "threadWith">,
  only: { therapist?: string } = {},
): Promise<OpenReply | Refused> {
  const { identity, reportIdentity } = mailbox;
  const opened = await openFirst(ciphertext, [identity, reportIdentity], [SEALED_SIZES[1]]);
  if (!opened.ok) return opened;
  const { letter } = opened;
  if (letter.v !== 1) return refuse("wrong-version");
  if (!isReply(letter)) return refuse("malformed");
  const { therapist, thread, body, last } = letter;
  const fromModerators = opened.identity === reportIdentity;
  if ((therapist === MODERATORS) !== fromModerators) return refuse("wrong-therapist");
  if (only.therapist !== undefined && only.therapist !== therapist) {
    return refuse("wrong-therapist");
  }
  const expected = fromModerators ? "" : await mailbox.threadWith(therapist);
  return thread === expected ? { ok: true, body, therapist, last } : refuse("wrong-thread");
}

/** What fills an empty slot: a file of a reply's size that no one can open. */
export async function sealNothing(): Promise<string> {
  const recipient = await identityToRecipient(await generateX25519Identity());
  return base64.encode(await sealAgeFile(new Uint8Array(PLAIN_SIZES[1]), recipient));
}

/** Whether a text has the one outer form that all sealed letters share. All that a server can see. */
export function isSealedLetter(ciphertext: string): boolean {
  return typeof sealedBytes(ciphertext, SEALED_SIZES) !== "string";
}

/** The same for an answer, which has one size. */
export function isSealedReply(ciphertext: string): boolean {
  return typeof sealedBytes(ciphertext, [SEALED_SIZES[1]]) !== "string";
}

/** How many bytes are left below the limit; negative when the body is too long. */
export function remainingBytes(body: string): number {
  return BODY_LIMIT - (new TextEncoder().encode(JSON.stringify(body)).length - 2);
}

async function seal(
  letter: Letter & { body: string },
  recipient: string,
  sizes: readonly number[],
): Promise<Sealed> {
  const padded = remainingBytes(letter.body) < 0 ? null : pad(JSON.stringify(letter), sizes);
  if (!padded) return { ok: false, reason: "too-long" };
  try {
    if (!isRecipient(recipient)) return { ok: false, reason: "bad-recipient" };
    return { ok: true, ciphertext: base64.encode(await sealAgeFile(padded, recipient)) };
  } catch {
    // Spelled right, but a point that no secret can be shared with.
    return { ok: false, reason: "bad-recipient" };
  }
}

async function openFirst(
  ciphertext: string,
  identities: readonly string[],
  sizes: readonly number[],
): Promise<{ ok: true; letter: Letter; identity: string } | Refused> {
  const file = sealedBytes(ciphertext, sizes);
  if (typeof file === "string") return refuse(file);
  let reason: LetterFault = "wrong-key";
  for (const identity of identities) {
    const opened = await openAgeFile(file, identity);
    if (opened.ok) {
      const letter = unpad(opened.plaintext);
      return letter ? { ok: true, letter, identity } : refuse("malformed");
    }
    if (opened.reason !== "wrong-key") reason = opened.reason;
  }
  return refuse(reason);
}

function sealedBytes(
  ciphertext: string,
  sizes: readonly number[],
): Uint8Array | "not-age" | "wrong-size" {
  if (ciphertext.length > SEALED_LENGTHS[1]) return "wrong-size";
  const file = fromBase64(ciphertext);
  const header = file && readAgeHeader(file);
  if (!file || !header) return "not-age";
  const [stanza, ...others] = header.stanzas;
  if (stanza?.[0] !== "X25519" || stanza.length !== 2 || others.length > 0) return "not-age";
  return sizes.includes(file.length) ? file : "wrong-size";
}

function refuse(reason: LetterFault): Refused {
  return { ok: false, reason };
}
