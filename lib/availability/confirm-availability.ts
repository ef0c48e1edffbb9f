import { eq } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { therapists } from "#db/schema/profiles.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError } from "#lib/errors.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { requireListing } from "./access.ts";
import type { AvailabilityInput } from "./schema.ts";
import { writeAvailability } from "./write-availability.ts";

/**
 * A therapist says how openings stand today; fees count as confirmed with them.
 * @throws NotFoundError for whoever has no listing; ConflictError when it is suspended or removed
 */
export async function confirmAvailability(
  actor: Actor,
  input: AvailabilityInput,
  db: Db = primary(),
): Promise<void> {
  await db.transaction(async (tx) => {
    await requireListing(actor, tx);
    const whose = eq(therapists.personId, actor.personId);
    const done = await writeAvailability(input, { whose, by: "account", today: todayUtc() }, tx);
    if (!done) throw new ConflictError("not-listed");
  });
}
