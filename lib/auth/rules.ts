import type { Role } from "#db/vocabulary.ts";

/** Who acts: every command of a signed-in person takes one, and checks what it may. */
export type Actor = { personId: string; roles: readonly Role[] };

/** Who is signed in, as pages see it. */
export type Session = Actor & {
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
export const sessionLimits = { idleSeconds: 60 * 60, absoluteSeconds: 12 * 60 * 60 } as const;

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
