import { eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { therapists } from "#db/schema/profiles.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { NotFoundError } from "#lib/errors.ts";

/** @throws NotFoundError for whoever is no therapist, or has no listing of their own */
export async function requireListing(actor: Actor, db: Db): Promise<void> {
  if (!actor.roles.includes("therapist")) throw new NotFoundError();
  const own = await db.$count(therapists, eq(therapists.personId, actor.personId));
  if (own === 0) throw new NotFoundError();
}
