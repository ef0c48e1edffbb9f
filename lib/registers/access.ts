import type { Role } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";

/** Who sees how the registers are doing. */
export const registerReaders = ["moderator", "lead", "auditor"] as const satisfies readonly Role[];

/** Who has one read, and looks at what they say. Reviewers of track 4 need no register. */
export const registerKeepers = ["moderator", "lead"] as const satisfies readonly Role[];

/** @throws NotFoundError: others learn nothing of it */
export function requireRegisterReader(actor: Actor): void {
  if (!hasOne(actor, registerReaders)) throw new NotFoundError();
}

/** @throws NotFoundError: others learn nothing of it */
export function requireRegisterKeeper(actor: Actor): void {
  if (!isRegisterKeeper(actor)) throw new NotFoundError();
}

export function isRegisterKeeper(actor: Actor): boolean {
  return hasOne(actor, registerKeepers);
}

function hasOne({ roles }: Actor, wanted: readonly Role[]): boolean {
  return wanted.some((role) => roles.includes(role));
}
