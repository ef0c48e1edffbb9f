import type { Role } from "#db/vocabulary.ts";

/** Who acts: every command of a signed-in person takes one, and checks what it may. */
export type Actor = { personId: string; roles: readonly Role[] };

/**
 * Who is signed in, as pages see it. `roles` are those that count now: a staff role only once a
 * second factor was shown in this session, so that no command can be reached without one.
 */
export type Session = Actor & {
  /** All roles that were given, to say what is still missing. Never a reason to let someone do it. */
  heldRoles: readonly Role[];
  email: string;
  name: string;
  locale: "en" | "es";
  /** `needed`: a second factor is set up and was not shown in this session yet. */
  secondFactor: "passed" | "needed" | "not-set-up";
  /** When a second factor was last shown in this session. */
  secondFactorAt: Date | null;
  deletionAskedAt: Date | null;
};

/** A session ends when nothing was done for an hour, and after twelve hours in any case. */
export const sessionLimits = {
  idleSeconds: 60 * 60,
  absoluteSeconds: 12 * 60 * 60,
  /** How often at most the database hears that a session is in use. */
  writtenEverySeconds: 60,
} as const;

/** A sign-in link works once, for 15 minutes; one address gets at most five in that time. */
export const linkLife = { seconds: 15 * 60, minutes: 15, most: 5 } as const;

/** Where people land after signing in when they asked for nothing else. */
export const firstPage = "/account";

/**
 * The path that someone wants to go on to, when it is one of ours; the first page otherwise.
 * Nothing that a browser could take for another site gets through, and no language prefix.
 */
export function ownPath(wanted: string | null | undefined): string {
  if (!wanted || wanted.length > 500 || !/^\/[\w\-.~/?=&%+]*$/.test(wanted)) return firstPage;
  if (wanted.startsWith("//")) return firstPage;
  const path = wanted.replace(/^\/es(?=[/?]|$)/, "") || firstPage;
  return path.startsWith("//") || !path.startsWith("/") || /^\/sign-/.test(path) ? firstPage : path;
}

/** Seconds that someone waits after so many wrong codes in a row: none, then longer and longer. */
export function waitAfter(failures: number): number {
  if (failures < 5) return 0;
  return Math.min(60 * 60, 30 * 2 ** (failures - 5));
}

/** Roles that look into other people's affairs: a second factor is a must for them. */
export const staffRoles = [
  "moderator",
  "lived-experience-reviewer",
  "lead",
  "auditor",
] as const satisfies readonly Role[];

export function isStaff({ roles }: Pick<Actor, "roles">): boolean {
  return staffRoles.some((role) => roles.includes(role));
}

/** The roles that count in a session, of those that a person was given. */
export function rolesThatCount(
  held: readonly Role[],
  secondFactor: Session["secondFactor"],
): readonly Role[] {
  return secondFactor === "passed" ? held : held.filter((role) => !isStaff({ roles: [role] }));
}

/** Minutes for which a shown second factor counts for documents and decisions. */
export const freshMinutes = 15;

export function isFresh({ secondFactor, secondFactorAt }: Session, now: Date): boolean {
  if (secondFactor !== "passed" || secondFactorAt === null) return false;
  return now.getTime() - secondFactorAt.getTime() < freshMinutes * 60_000;
}

/** How recovery codes look. Letters and digits that look alike are left out. */
export const recoveryCode = {
  count: 10,
  groups: 3,
  groupLength: 4,
  letters: "23456789abcdefghjkmnpqrstvwxyz",
} as const;

/** Enough for every device that a person has, and an end to what one account can store. */
export const MOST_PASSKEYS = 20;
