import type { Actor } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";

/** Who reads what readers wrote, once they have claimed the case that it belongs to. */
const reportReaders = ["moderator", "lead"] as const;

/** @throws NotFoundError: others learn nothing of it */
export function requireReportReader(actor: Actor): void {
  if (!reportReaders.some((role) => actor.roles.includes(role))) throw new NotFoundError();
}
