import type { Day } from "#lib/vetting/rules.ts";

/** The last day of the month a day is in: most licences end on one. */
export function endOfMonth(day: Day): Day {
  const [year, month] = day.split("-").map(Number);
  return new Date(Date.UTC(year ?? 0, month ?? 1, 0)).toISOString().slice(0, 10);
}

export function earlier(day: Day, other: Day | null): Day {
  return other !== null && other < day ? other : day;
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

const months = {
  en: new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" }),
  es: new Intl.DateTimeFormat("es", { month: "long", timeZone: "UTC" }),
};

export function monthName(day: Day, locale: "en" | "es"): string {
  return months[locale].format(new Date(`${day}T00:00:00Z`));
}
