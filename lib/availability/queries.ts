import { and, desc, eq, inArray, type SQL } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { people } from "#db/schema/accounts.ts";
import { profileRevisions, therapists } from "#db/schema/profiles.ts";
import { standingRevisionStates } from "#db/vocabulary.ts";
import type { Actor } from "#lib/auth/rules.ts";
import type { Day } from "#lib/vetting/rules.ts";
import { readConfirmationToken } from "./confirmation-link.ts";
import { confirmable } from "./transitions.ts";

/** What a listing says about openings and fees, for whoever may confirm it. */
export type OwnAvailability = NonNullable<Awaited<ReturnType<typeof findAvailability>>>;

/** The actor's own; null for whoever has no listing. */
export async function getOwnAvailability(
  actor: Actor,
  db: Db = primary(),
): Promise<OwnAvailability | null> {
  return (await findAvailability(eq(therapists.personId, actor.personId), db)) ?? null;
}

export type LinkState =
  | { state: "open"; availability: OwnAvailability }
  | { state: "used" | "expired" | "unknown" | "notListed" };

/** What a link to confirm openings shows. Looking at it changes nothing. */
export async function linkState(token: string, today: Day, db: Db = primary()): Promise<LinkState> {
  const read = readConfirmationToken(token, today);
  if (read.state !== "signed") return read;
  const availability = await findAvailability(eq(therapists.id, read.therapistId), db);
  if (!availability) return { state: "unknown" };
  if (availability.confirmationRound !== read.round) return { state: "used" };
  const open = confirmable.some((state) => state === availability.listingState);
  return open ? { state: "open", availability } : { state: "notListed" };
}

/** Fees are those that readers see; before there are any, those of the open revision. */
async function findAvailability(whose: SQL, db: Db) {
  const [found] = await db
    .select({
      name: people.name,
      listingState: therapists.listingState,
      accepting: therapists.accepting,
      nextOpening: therapists.nextOpening,
      confirmedOn: therapists.confirmedOn,
      confirmationRound: therapists.confirmationRound,
      displayName: profileRevisions.displayName,
      feeMin: profileRevisions.feeMin,
      feeMax: profileRevisions.feeMax,
      feeCurrency: profileRevisions.feeCurrency,
      feeMinutes: profileRevisions.feeMinutes,
      slidingMin: profileRevisions.slidingMin,
    })
    .from(therapists)
    .innerJoin(people, eq(people.id, therapists.personId))
    .leftJoin(
      profileRevisions,
      and(
        eq(profileRevisions.therapistId, therapists.id),
        inArray(profileRevisions.state, [...standingRevisionStates]),
      ),
    )
    .where(whose)
    .orderBy(desc(eq(profileRevisions.state, "live")))
    .limit(1);
  return found;
}
