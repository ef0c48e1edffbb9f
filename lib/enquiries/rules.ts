import { addDays, type Day } from "#lib/vetting/rules.ts";

/** Days for which a letter is kept, and what is left of it once it is answered. */
export const keptDays = { letter: 30, reply: 14 } as const;

/** Days for which words that a therapist showed us are kept after a moderator settled it. */
export const keepAbuseDays = 90;

/** Hours before a later key counts, so that its owner can cancel what someone else did. */
export const keyWaitHours = 72;

/**
 * Days for which a key that no longer counts is kept: a page may have been open, a letter stays
 * unanswered to its last day, and is answered on it.
 */
export const oldKeyDays = 1 + keptDays.letter + keptDays.reply;

/** A further letter of a day takes the place of another one of the same day. */
export const mostLettersADay = 100;

/** Answers of one therapist that wait for one codename; those who have it are shown so many. */
export const replySlots = 4;

/** What can be shown to moderators of one inbox in a day. */
export const mostAbuseADay = 20;

/** Texts that came without proof of work, in a day: to one inbox, and to all. */
export const mostArmoured = { ofInbox: 10, ofSite: 300 } as const;

/** The last day of a letter that came on a day. */
export const letterEnd = (cameOn: Day): Day => addDays(cameOn, keptDays.letter);

/** The last day of a reply that was given on a day, and of what it answers. */
export const replyEnd = (givenOn: Day): Day => addDays(givenOn, keptDays.reply);

/** How much more work a letter is as the inbox fills on its day: it doubles with each fifth of the room. */
export function effortFor(lettersToday: number): number {
  return 2 ** Math.min(4, Math.floor((5 * lettersToday) / mostLettersADay));
}

/** What a proof was asked for; none counts for anything else. */
export type Purpose = `write:${string}` | `report:${string}` | "fetch" | "burn";

/** How much work a proof is: iterations of PBKDF2 a try, and tries on average. */
export type Work = { iterations: number; tries: number };

/** About a second on a phone; 0.4 s on one core of a server of 2024. */
export const usualWork: Work = { iterations: 5000, tries: 200 };

export const proofMinutes = 20;

/** Why a proof was not taken. */
export type ProofProblem = "proof-refused" | "proof-expired" | "proof-spent";

/** How reminders remember that a therapist was told of a letter; it goes with the letter. */
export const toldSubject = (enquiryId: string) => `letter:${enquiryId}`;

/** How reminders remember that a therapist had their one mail of a day. */
export const digestSubject = (therapistId: string) => `letters-of:${therapistId}`;

/** What the words of an abuse note are sealed for. */
export const abuseContext = (noteId: string) => `abuse:${noteId}`;

/** Who reads what therapists show of letters that did harm. */
export const abuseReaders = ["moderator", "lead"] as const;

/** Letters that the inbox shows at a time: about a megabyte. */
export const lettersAPage = 50;

/** `earlier`: it counted once, and opens what was sealed to it then. */
export type KeyState = "waiting" | "active" | "earlier" | "withdrawn";

/** How keys stand, given newest first. At most one is active: the newest that counts, if any. */
export function keyStates(
  keys: readonly { activeFrom: Date; withdrawnAt: Date | null }[],
  now: Date,
): KeyState[] {
  const newest = keys.findIndex(({ activeFrom }) => activeFrom <= now);
  return keys.map(({ withdrawnAt }, at) => {
    if (newest === -1 || at < newest) return "waiting";
    if (withdrawnAt !== null) return "withdrawn";
    return at === newest ? "active" : "earlier";
  });
}
