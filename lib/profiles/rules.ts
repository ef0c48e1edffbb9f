import { addDays, type Day } from "#lib/vetting/rules.ts";

/** Days after which what a therapist said about openings and fees counts for less. */
export const freshness = { labelledAt: 45, acceptingDroppedAt: 60, hiddenAt: 90 } as const;

export type Availability = { accepting: boolean; nextOpening: Day | null; confirmedOn: Day };

export type AvailabilityStatus = "accepting" | "not-accepting" | "not-known";

/** The last day on which "accepting" may still be said; null when they do not accept. */
export function acceptingUntil({ accepting, confirmedOn }: Availability): Day | null {
  return accepting ? addDays(confirmedOn, freshness.acceptingDroppedAt - 1) : null;
}

/** The last day on which a listing that nobody confirmed again is shown. */
export function freshUntil({ confirmedOn }: Pick<Availability, "confirmedOn">): Day {
  return addDays(confirmedOn, freshness.hiddenAt - 1);
}

export function availabilityOn(
  availability: Availability,
  today: Day,
): { status: AvailabilityStatus; confirmedLately: boolean } {
  const confirmedLately = addDays(availability.confirmedOn, freshness.labelledAt) > today;
  if (!availability.accepting) return { status: "not-accepting", confirmedLately };
  const last = acceptingUntil(availability);
  const status = last !== null && last >= today ? "accepting" : "not-known";
  return { status, confirmedLately };
}

/** Latin letters and digits alone: what a slug and an address can hold. */
export function slugOf(name: string): string {
  return name
    .normalize("NFD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .replaceAll("ı", "i")
    .toLowerCase()
    .replaceAll(/['’.]/g, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}
