import type { Page } from "../ui/page.ts";

/** "$120" or "$120–$180": whole units of one currency. */
export function feeRange(page: Page, min: number, max: number, currency: string): string {
  const low = page.money(min, currency);
  return min === max ? low : `${low}–${page.money(max, currency)}`;
}
