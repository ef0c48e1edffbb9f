import { type Db, primary } from "#db/client.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { moveListing } from "./move-listing.ts";

/**
 * Shows a paused listing again; whether readers see it still depends on its checks and its dates.
 * @throws NotFoundError for whoever has no listing; ConflictError when it is not paused
 */
export async function resumeListing(actor: Actor, db: Db = primary()): Promise<void> {
  await moveListing(actor, "resume", db);
}
