import { type SQL, sql } from "drizzle-orm";
import { evidence } from "#db/schema/evidence.ts";
import { therapists } from "#db/schema/profiles.ts";
import type { Actor } from "#lib/auth/rules.ts";

/** Documents of the actor's own claims. */
export function isOwn(actor: Actor): SQL {
  if (!actor.roles.includes("therapist")) return sql`false`;
  return sql`exists (select from ${therapists}
    where ${therapists.id} = ${evidence.therapistId}
      and ${therapists.personId} = ${actor.personId})`;
}

/** Documents that the actor may look into. */
export function mayRead(actor: Actor): SQL {
  return isOwn(actor);
}
