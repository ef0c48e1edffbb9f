import type { Role } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";

/** Who may read what everybody did. */
export const auditReaders = ["auditor", "lead"] as const satisfies readonly Role[];

/** @throws NotFoundError: others learn nothing of it */
export function requireAuditReader(actor: Actor): void {
  if (!auditReaders.some((role) => actor.roles.includes(role))) throw new NotFoundError();
}
