import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Role } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";

/** @throws NotFoundError: others learn nothing of it */
export function requireRole(actor: Actor, roles: readonly Role[]): void {
  if (!roles.some((role) => actor.roles.includes(role))) throw new NotFoundError();
}

/** Neither the actor's own listing, nor that of someone whom they know too well. */
export function isStranger({ personId }: Actor, therapistId: SQLWrapper): SQL {
  return sql`not exists (select from therapists own
      where own.id = ${therapistId} and own.person_id = ${personId})
    and not exists (select from conflicts_of_interest known
      where known.therapist_id = ${therapistId} and known.person_id = ${personId})`;
}

/** Documents of the therapist must stay. For a column of any table. */
export function isHeld(therapistId: SQLWrapper): SQL {
  return sql`exists (select from legal_holds hold
    where hold.therapist_id = ${therapistId} and hold.lifted_at is null)`;
}
