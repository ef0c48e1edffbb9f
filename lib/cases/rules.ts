import { type CaseKind, type CheckTrack, caseKinds, type Role } from "#db/vocabulary.ts";

/** A claim ends by itself after so long without a move of whoever has it. */
export const claimMinutes = 120;

/** Days in which moderators answer. They stand still while the therapist is asked something. */
export const answerWithinDays = 30;

/** Who works on cases. Auditors read the chain; they open nobody's papers. */
export const caseWorkers = [
  "moderator",
  "lead",
  "lived-experience-reviewer",
] as const satisfies readonly Role[];

const DAY_MS = 24 * 60 * 60 * 1000;

export type Clock = { openedAt: Date; stoppedAt: Date | null; stoppedSeconds: number };

/** Whole days that have run of those in which we answer. */
export function daysRan({ openedAt, stoppedAt, stoppedSeconds }: Clock, now: Date): number {
  const upTo = stoppedAt ?? now;
  const ran = upTo.getTime() - openedAt.getTime() - stoppedSeconds * 1000;
  return Math.floor(ran / DAY_MS);
}

/** Whole days left of those in which we answer; negative when they are over. */
export function daysLeft(clock: Clock, now: Date): number {
  return answerWithinDays - daysRan(clock, now);
}

/** Days in which a therapist can ask for someone else to look; documents stay that long. */
export const appealWithinDays = 14;

/** Lower comes first: what the public can see today and may be wrong. */
export function riskRank(kind: CaseKind, urgent: boolean): number {
  return urgent ? -1 : caseKinds.indexOf(kind);
}

/** Tracks whose claims someone with these roles may look into. */
export function tracksFor(roles: readonly Role[]): readonly CheckTrack[] {
  if (roles.includes("moderator") || roles.includes("lead")) {
    return ["identity", "right-to-practise", "safety", "affirming-practice"];
  }
  return roles.includes("lived-experience-reviewer") ? ["affirming-practice"] : [];
}

/** What moderators write and therapists answer, in characters. */
export const wordLimits = { item: 600, message: 4000, reason: 1000 } as const;

export const mostItems = 20;

/** What each text of a case is sealed as: it opens as that, and as nothing else. */
export const itemContext = (id: string) => `case-item:${id}`;
export const answerContext = (id: string) => `case-answer:${id}`;
export const messageContext = (id: string) => `case-message:${id}`;
export const appealContext = (caseId: string) => `appeal:${caseId}`;
