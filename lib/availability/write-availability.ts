import { and, inArray, type SQL } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { therapists } from "#db/schema/profiles.ts";
import { appendEvent } from "#lib/audit/append-event.ts";
import { enqueueReindex } from "#lib/jobs/enqueue.ts";
import type { Day } from "#lib/vetting/rules.ts";
import type { AvailabilityInput } from "./schema.ts";
import { confirmable } from "./transitions.ts";

/**
 * Writes what someone said about openings today, with its audit row and its job, in the caller's
 * transaction. A day that has come means "now". @returns false when `whose` finds no such listing
 */
export async function writeAvailability(
  { accepting, nextOpening }: AvailabilityInput,
  {
    whose,
    also = {},
    by,
    today,
  }: {
    whose: SQL | undefined;
    also?: { confirmationRound?: SQL };
    by: "account" | "link";
    today: Day;
  },
  tx: Db,
): Promise<boolean> {
  const ahead = accepting && nextOpening !== null && nextOpening > today;
  const [written] = await tx
    .update(therapists)
    .set({ accepting, nextOpening: ahead ? nextOpening : null, confirmedOn: today, ...also })
    .where(and(whose, inArray(therapists.listingState, [...confirmable])))
    .returning({ id: therapists.id, personId: therapists.personId });
  if (!written) return false;
  await appendEvent(
    {
      actorId: written.personId,
      verb: "availability.confirm",
      subject: { kind: "therapist", id: written.id },
      details: { fields: ["accepting", "nextOpening", "confirmedOn"], by },
    },
    tx,
  );
  await enqueueReindex(written.id, tx);
  return true;
}
