import { type Db, primary } from "#db/client.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { moveListing } from "./move-listing.ts";

/**
 * Takes a therapist's own listing out of sight until they want it back.
 * @throws NotFoundError for whoever has no listing; ConflictError when it is not up
 */
export async function pauseListing(actor: Actor, db: Db = primary()): Promise<void> {
  await moveListing(actor, "pause", db);
}
