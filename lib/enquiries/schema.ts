import { z } from "zod";
import { requiredText } from "#lib/forms/schema.ts";

/** How listings are called in addresses, as the database has it too. */
const slug = z
  .string()
  .max(200)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const hash = z.string().regex(/^[\w-]{43}$/);
const hex = (characters: number) => z.string().regex(new RegExp(`^[0-9a-f]{${characters}}$`));
const whole = z.int().min(0);
const id = z.string().regex(/^[\w-]{1,100}$/);
const purpose = z.string().regex(/^(fetch|burn|(write|report):[\w-]{1,100})$/);
const recipient = z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/);

/** A solved puzzle, as ALTCHA's solver gives it back. What it says is checked by its signature. */
export const proof = z.strictObject({
  challenge: z.strictObject({
    parameters: z.strictObject({
      algorithm: z.literal("PBKDF2/SHA-256"),
      cost: whole,
      data: z.strictObject({ purpose }),
      expiresAt: whole,
      keyLength: z.literal(32),
      keyPrefix: hex(32),
      keySignature: hex(64),
      nonce: hex(32),
      salt: hex(32),
    }),
    signature: hex(64),
  }),
  solution: z.strictObject({
    counter: whole.max(0xffff_ffff),
    derivedKey: hex(64),
    time: z.number().optional(),
  }),
});

export type Proof = z.output<typeof proof>;
export type Challenge = Proof["challenge"];

/** What a page asks a puzzle for. */
export const proofRequest = z.discriminatedUnion("purpose", [
  z.strictObject({ purpose: z.enum(["write", "report"]), therapist: slug }),
  z.strictObject({ purpose: z.enum(["fetch", "burn"]) }),
]);

export type ProofRequest = z.output<typeof proofRequest>;

/** Characters of the larger of the two forms that a sealed letter has. */
const mostSealed = 22_112;
const ciphertext = z
  .string()
  .max(mostSealed)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/);

export const newLetter = z.strictObject({ therapist: slug, tokenHash: hash, ciphertext, proof });
export type NewLetter = z.output<typeof newLetter>;

/** Whoever has the token has the mailbox. */
export const mailboxRequest = z.strictObject({ token: hash, proof });
export type MailboxRequest = z.output<typeof mailboxRequest>;

/** What the inbox's script sends when a therapist answers. */
export const newReply = z.strictObject({ enquiryId: id, ciphertext });
export type NewReply = z.output<typeof newReply>;

const wrapped = z
  .string()
  .max(4096)
  .regex(/^[\x20-\x7e\r\n]+$/);

/** A key as its owner's browser made it; what is secret in it is wrapped. */
export const newKey = z.strictObject({
  recipient,
  wrappedByPassphrase: wrapped,
  wrappedByRecovery: wrapped,
  wrappedByPasskey: wrapped.nullable(),
});
export type NewKey = z.output<typeof newKey>;

/** A way to open keys, made anew in their owner's browser: for each key its secret half, wrapped. */
export const newWraps = z.strictObject({
  by: z.enum(["passphrase", "recovery", "passkey"]),
  keys: z
    .array(z.strictObject({ keyId: id, wrapped }))
    .min(1)
    .max(20),
});
export type NewWraps = z.output<typeof newWraps>;

/** Characters of a letter that can be shown to moderators. */
export const mostAbuseWords = 4000;

export const abuseForm = z.object({ words: requiredText(mostAbuseWords) });

/** A way back to whoever sent a report: where an answer is left, and to whom it is sealed. */
export const wayBack = z.strictObject({
  tokenHash: hash,
  recipient,
  proof,
});
export type WayBack = z.output<typeof wayBack>;
