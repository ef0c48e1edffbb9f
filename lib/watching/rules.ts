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
  daysFor,
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
    /** When a case ended with it unsettled and nothing changed; null for all other looks. */
    keptOn: Day | null;
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

export type Rhythm = {
  today: Day;
  cadence: Cadence;
  /** The exclusion list is read here: its file is confirmed for many, so looks begin on the last day. */
  listIsRead: boolean;
};

/**
 * What belongs into the queue of one therapist and does not lie in it. Nothing comes twice: not
 * while a look at the same claim is open.
 * @param looks those at claims as they stand now, that no later look replaced
 */
export function dueLooks(
  therapist: Watched,
  looks: readonly Look[],
  { today, cadence: usual, listIsRead }: Rhythm,
): DueLook[] {
  const cadence = listIsRead ? withoutAhead("exclusion", usual) : usual;
  const open = looks.filter(isOpen);
  const kept = new Map(keptLooks(looks).map((look) => [keyOf(look), look.keptOn]));
  const settled = looks.filter((look) => !isOpen(look) && look.keptOn === null);
  const begun = new Set(open.map(keyOf));
  const due = newestOfEach(settled).flatMap((look) => {
    const day = begun.has(keyOf(look))
      ? null
      : dueDay(look, cadence, kept.get(keyOf(look)) ?? null);
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
    ...neverBegun(therapist, looks, { today, cadence }).map((about) => ({
      ...recheck,
      about,
      begun: null,
    })),
  ];
}

function withoutAhead(claimType: ClaimType, cadence: Cadence): Cadence {
  return { ...cadence, ahead: { ...cadence.ahead, [claimType]: 0 } };
}

/** The last of each claim, oldest claims first. */
function keptLooks(looks: readonly Look[]): Look[] {
  const day = ({ keptOn }: Look) => keptOn ?? "";
  return looks
    .filter(({ keptOn }) => keptOn !== null)
    .toSorted((a, b) => day(a).localeCompare(day(b)));
}

/**
 * The day on which a settled look is due to be repeated, never that of the look itself; null when
 * there is nothing more to see, as where someone looked after the end already.
 * @param keptOn when somebody last had it in a case and left all as it was: counts as looked at
 */
export function dueDay(look: Look, cadence: Cadence, keptOn: Day | null = null): Day | null {
  const { claimType, checkedOn, nextCheckOn } = look;
  const end = endOf(look);
  const planned =
    checkedOn === null || (end !== null && checkedOn > end)
      ? null
      : nextCheckFor(claimType, checkedOn, end, cadence);
  // What was written down goes by the days ahead; where there are none, it says nothing.
  const written = cadence.ahead[claimType] === 0 ? null : nextCheckOn;
  const first = [planned, written].filter((day) => day !== null).toSorted()[0];
  if (first === undefined) return null;
  if (keptOn !== null && first <= keptOn) return afterKeeping(claimType, keptOn, end, cadence);
  return checkedOn !== null && first <= checkedOn ? addDays(checkedOn, 1) : first;
}

/** As after a look on that day: a yes that still stands comes back as it ends. */
function afterKeeping(claimType: ClaimType, keptOn: Day, end: Day | null, cadence: Cadence): Day {
  const stands = end !== null && keptOn < end;
  const next = stands ? nextCheckFor(claimType, keptOn, end, cadence) : null;
  return next ?? addDays(keptOn, daysFor(claimType, cadence) - cadence.ahead[claimType]);
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
function neverBegun(
  { inUs, name }: Watched,
  looks: readonly Look[],
  { today, cadence }: Pick<Rhythm, "today" | "cadence">,
): Claim[] {
  const sweeps: readonly ClaimType[] = inUs ? ["discipline", "exclusion"] : ["discipline"];
  const nothing = { credentialId: null, trainingId: null, jurisdiction: null };
  const rests = ({ claimType, keptOn }: Look) =>
    keptOn === null || afterKeeping(claimType, keptOn, null, cadence) > today;
  return sweeps
    .filter((sweep) => !looks.some((look) => look.claimType === sweep && rests(look)))
    .map((claimType) => ({
      ...nothing,
      track: "safety",
      claimType,
      claim: { name },
      claimVersion: 1,
    }));
}
