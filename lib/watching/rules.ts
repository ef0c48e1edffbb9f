import {
  type CaseKind,
  type CheckTrack,
  type ClaimType,
  type ListingState,
  openCheckStates,
} from "#db/vocabulary.ts";
import {
  addDays,
  type Cadence,
  type CheckDates,
  type Day,
  expiringWithin,
  lastDayOf,
  nextCheckFor,
} from "#lib/vetting/rules.ts";

/** Listings that readers see, or that their therapist can bring back at any moment. */
export const watchedStates = ["listed", "paused"] as const satisfies readonly ListingState[];

/** What a look is about; the next look at the same claim is about the same. */
export type Claim = {
  track: CheckTrack;
  claimType: ClaimType;
  credentialId: string | null;
  trainingId: string | null;
  jurisdiction: string | null;
  claim: Record<string, string | number | boolean | null>;
  claimVersion: number;
};

/** A settled look at a claim, or one that is under way. */
export type Look = Claim &
  CheckDates & {
    id: string;
    /** The end of the licence, certificate or insurance itself, as its therapist gave it. */
    claimEndsOn: Day | null;
    /** Whether it lies in a case that is open. */
    inQueue: boolean;
  };

export type Watched = {
  listingState: ListingState;
  /** The name on the live profile. */
  name: string;
  /** Has a right to practise in the United States, as claimed. */
  inUs: boolean;
};

/** A look for the queue: one to begin, or one that was begun and lies in no case. */
export type DueLook = {
  kind: Extract<CaseKind, "expiring" | "recheck">;
  /** The last day of what is about to lapse. */
  endsOn: Day | null;
  about: Claim;
  /** The id of the one that was begun. */
  begun: string | null;
};

export type Rhythm = { today: Day; cadence: Cadence };

/**
 * What belongs into the queue of one therapist and does not lie in it. Nothing comes twice: not
 * while a look at the same claim is open.
 * @param looks those at claims as they stand now, that no later look replaced
 */
export function dueLooks(
  therapist: Watched,
  looks: readonly Look[],
  { today, cadence }: Rhythm,
): DueLook[] {
  const open = looks.filter(isOpen);
  const begun = new Set(open.map(keyOf));
  const due = newestOfEach(looks.filter((look) => !isOpen(look))).flatMap((look) => {
    const day = begun.has(keyOf(look)) ? null : dueDay(look, cadence);
    if (day === null || day > today) return [];
    const endsOn = endOf(look);
    return [{ kind: kindOf(look, endsOn, therapist, today), endsOn, about: look, begun: null }];
  });
  const recheck = { kind: "recheck" as const, endsOn: null };
  return [
    ...due,
    ...open
      .filter(({ inQueue }) => !inQueue)
      .map((look) => ({ ...recheck, about: look, begun: look.id })),
    ...neverBegun(therapist, looks).map((about) => ({ ...recheck, about, begun: null })),
  ];
}

/**
 * The day on which a settled look is due to be repeated, never that of the look itself; null when
 * there is nothing more to see, as where someone looked after the end already.
 */
export function dueDay(look: Look, cadence: Cadence): Day | null {
  const { claimType, checkedOn, nextCheckOn } = look;
  const end = endOf(look);
  const planned =
    checkedOn === null || (end !== null && checkedOn > end)
      ? null
      : nextCheckFor(claimType, checkedOn, end, cadence);
  const first = [planned, nextCheckOn].filter((day) => day !== null).toSorted()[0];
  if (first === undefined) return null;
  return checkedOn !== null && first <= checkedOn ? addDays(checkedOn, 1) : first;
}

/** The last day on which a yes counts: its own, or that of the claim; null when it was no yes. */
function endOf(look: Look): Day | null {
  const own = lastDayOf(look);
  if (own === null) return null;
  return [own, look.claimEndsOn ?? own].toSorted()[0] ?? null;
}

function isOpen({ state }: Look): boolean {
  return openCheckStates.some((open) => open === state);
}

/** What names a claim among those of one therapist. */
function keyOf({ claimType, credentialId, trainingId }: Claim): string {
  return [claimType, credentialId, trainingId].join(" ");
}

function newestOfEach(looks: readonly Look[]): Look[] {
  const age = ({ checkedOn, id }: Look) => `${checkedOn ?? ""} ${id}`;
  const newest = new Map<string, Look>();
  for (const look of looks) {
    const known = newest.get(keyOf(look));
    if (!known || age(look) > age(known)) newest.set(keyOf(look), look);
  }
  return [...newest.values()];
}

/** First in the queue: what readers see today, and what a listing cannot do without. */
function kindOf(
  look: Look,
  endsOn: Day | null,
  { listingState }: Watched,
  today: Day,
): DueLook["kind"] {
  const carries = look.track === "right-to-practise" || look.claimType === "identity";
  const endsSoon = endsOn !== null && endsOn >= today && endsOn <= addDays(today, expiringWithin);
  return listingState === "listed" && carries && endsSoon ? "expiring" : "recheck";
}

/** Lists in which everyone is looked up, or everyone in the United States, whatever they claim. */
function neverBegun({ inUs, name }: Watched, looks: readonly Look[]): Claim[] {
  const sweeps: readonly ClaimType[] = inUs ? ["discipline", "exclusion"] : ["discipline"];
  const nothing = { credentialId: null, trainingId: null, jurisdiction: null };
  return sweeps
    .filter((sweep) => !looks.some(({ claimType }) => claimType === sweep))
    .map((claimType) => ({
      ...nothing,
      track: "safety",
      claimType,
      claim: { name },
      claimVersion: 1,
    }));
}
