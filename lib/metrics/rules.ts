import type { Plane } from "#lib/planes/rules.ts";

/** What of a count is told: readers' answers in whole hundreds, so that no single one shows. */
export function coarse(plane: Plane | "both", status: string, count: number): number {
  return plane === "staff" || status === "5xx" ? count : Math.floor(count / 100) * 100;
}
