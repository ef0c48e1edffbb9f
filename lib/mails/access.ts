import type { Actor } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";

/** Who may see which mails are stuck, and have them tried again. */
export const mailKeepers = ["lead", "moderator"] as const;

/** @throws NotFoundError: others learn nothing of it */
export function requireMailKeeper(actor: Actor): void {
  if (!mailKeepers.some((role) => actor.roles.includes(role))) throw new NotFoundError();
}
