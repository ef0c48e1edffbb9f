import { freshness } from "#lib/profiles/rules.ts";
import { addDays, type Day } from "#lib/vetting/rules.ts";

/** Days since openings were confirmed after which we ask again; at the last the listing is hidden. */
export const askedAt = [30, 44, 58, 80] as const;

/** Days before its end at which we remind of a licence, an insurance or a certificate. */
export const remindedBefore = [60, 30, 7] as const;

/** A link to confirm openings works until this many days after it was made. */
export const LINK_DAYS = 60;

/**
 * The mail about openings that is due today: the latest one only, at most once for each threshold,
 * and none that a missed day left behind.
 */
export function openingsReminder(
  { confirmedOn, remindedOn }: { confirmedOn: Day; remindedOn: Day | null },
  today: Day,
): "ask" | "hidden" | null {
  const reached = [...askedAt, freshness.hiddenAt]
    .filter((days) => addDays(confirmedOn, days) <= today)
    .at(-1);
  if (reached === undefined) return null;
  if (remindedOn !== null && remindedOn >= addDays(confirmedOn, reached)) return null;
  return reached === freshness.hiddenAt ? "hidden" : "ask";
}

/** The threshold that is reached today on the way to an end; null before the first and after it. */
export function expiryThreshold(expiresOn: Day, today: Day): number | null {
  if (expiresOn < today) return null;
  const reached = remindedBefore.filter((days) => addDays(today, days) >= expiresOn);
  return reached.at(-1) ?? null;
}

/** Whole days from one day to another. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
