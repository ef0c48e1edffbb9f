import { and, eq } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { therapists } from "#db/schema/profiles.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import type { Actor } from "#lib/auth/rules.ts";
import { ConflictError } from "#lib/errors.ts";
import { enqueueReindex } from "#lib/jobs/enqueue.ts";
import { requireListing } from "./access.ts";
import { type ListingMove, listingMoves } from "./transitions.ts";

/** The one place where a therapist's own wish moves the state of a listing. */
export async function moveListing(actor: Actor, move: ListingMove, db: Db): Promise<void> {
  const { from, to, otherwise } = listingMoves[move];
  await db.transaction(async (tx) => {
    await requireListing(actor, tx);
    const [moved] = await tx
      .update(therapists)
      .set({ listingState: to })
      .where(and(eq(therapists.personId, actor.personId), eq(therapists.listingState, from)))
      .returning({ id: therapists.id });
    if (!moved) throw new ConflictError(otherwise);
    await appendEvent(
      {
        actorId: actor.personId,
        verb: `listing.${move}`,
        subject: { kind: "therapist", id: moved.id },
        details: { from, to },
      },
      tx,
    );
    await enqueueReindex(moved.id, tx);
  });
}
