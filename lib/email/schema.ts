import { z } from "zod";
import type { DecisionAction, MailKind } from "#db/vocabulary.ts";

const url = z.url({ protocol: /^https?$/ }).max(2000);
const day = z.iso.date();
const days = z.int().min(0).max(10_000);
const shortText = z.string().trim().min(1).max(200);

export const mailAddress = z.email().max(320);

/** What a person is told after something about their way in has changed. */
export const securityChanges = [
  "passkey-added",
  "passkey-removed",
  "totp-added",
  "totp-removed",
  "recovery-codes-made",
  "address-changed",
  "signed-out-everywhere",
  "second-factors-reset",
] as const;

/** What runs out one day, and is worth a word before it does. */
export const expiringThings = ["licence", "insurance", "certificate"] as const;

/** What a therapist hears of what moderators decided. */
export const decisionNews = [
  "accept",
  "request-changes",
  "refuse",
  "hide",
  "suspend",
  "restore",
  "remove",
  "uphold",
  "overturn",
  "reject",
  "unable-to-verify",
] as const satisfies readonly DecisionAction[];

/** What happened to the key that letters to a therapist are sealed to. */
export const keyChanges = ["first", "waiting", "cancelled", "withdrawn", "rewrapped"] as const;

/** What each kind of mail must be told. Links are whole addresses, days are `YYYY-MM-DD`. */
export const mailParams = {
  "sign-in": z.strictObject({ url }),
  "address-change-old": z.strictObject({ url, newAddress: mailAddress }),
  "address-change-new": z.strictObject({ url }),
  "security-notice": z.strictObject({ what: z.enum(securityChanges) }),
  "confirm-openings": z.strictObject({
    url,
    accountUrl: url,
    /** Since the last time. */
    days,
    /** After how many days what was said counts for less. */
    decay: z.strictObject({ labelledAt: days, acceptingDroppedAt: days, hiddenAt: days }),
  }),
  "listing-hidden": z.strictObject({ url, days }),
  "expiry-reminder": z.strictObject({ what: z.enum(expiringThings), name: shortText, day, url }),
  "submission-received": z.strictObject({ day }),
  invitation: z.strictObject({ acceptUrl: url, neverUrl: url, community: shortText }),
  "deletion-asked": z.strictObject({ day, url }),
  "questions-asked": z.strictObject({ url, count: z.int().min(1).max(100) }),
  "decision-made": z.strictObject({
    what: z.enum(decisionNews),
    /** Why, as moderators wrote it for the therapist. */
    reason: z.string().trim().min(1).max(1000),
    /** The last day on which they can have it looked at once more; null where there is nothing to. */
    appealUntil: day.nullable(),
    url,
  }),
  "roles-changed": z.strictObject({ url }),
  "messages-waiting": z.strictObject({ url }),
  "message-key-changed": z.strictObject({
    what: z.enum(keyChanges),
    fingerprint: shortText,
    /** From when letters are sealed to a key that waits; null where nothing waits. */
    activeFrom: day.nullable(),
    url,
  }),
} as const satisfies Record<MailKind, z.ZodObject>;

export type MailParams = { [K in MailKind]: z.output<(typeof mailParams)[K]> };

/** A mail with its kind and what that kind must be told: the two always come together. */
export type MailContent = { [K in MailKind]: { kind: K; params: MailParams[K] } }[MailKind];

const sealedBody = z.object({ to: mailAddress, params: z.unknown() });

/** @throws when the params are not those of the kind */
export function parseMailContent(kind: MailKind, params: unknown): MailContent {
  // Each schema belongs to its key; TypeScript cannot follow that through a lookup.
  return { kind, params: mailParams[kind].parse(params) } as MailContent;
}

/** Who a waiting mail goes to and what it says, from the JSON that was sealed. @throws when damaged */
export function parseMailBody(kind: MailKind, json: string): { to: string; content: MailContent } {
  const { to, params } = sealedBody.parse(JSON.parse(json));
  return { to, content: parseMailContent(kind, params) };
}
