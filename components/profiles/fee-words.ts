import type { Page } from "../ui/page.ts";

/** Amounts in whole units; the first four are all said or none is. */
type Fees = {
  feeMin: number | null;
  feeMax: number | null;
  feeCurrency: string | null;
  feeMinutes: number | null;
  slidingMin: number | null;
  /** Left out where it is not asked about. */
  slidingPlacesOpen?: boolean | null;
};

/** What a session costs, in sentences. */
export function feeWords(page: Page, fees: Fees): string {
  const { t } = page;
  const { feeMin, feeMax, feeCurrency, feeMinutes, slidingMin, slidingPlacesOpen = null } = fees;
  if (feeMin === null || feeMax === null || feeCurrency === null || feeMinutes === null) {
    return t("profile.feesNotSaid");
  }
  const range = feeRange(page, feeMin, feeMax, feeCurrency);
  const sentences = [t("profile.feeRange", { range, minutes: feeMinutes })];
  if (slidingMin !== null) {
    sentences.push(t("profile.slidingFrom", { amount: page.money(slidingMin, feeCurrency) }));
    if (slidingPlacesOpen !== null) {
      sentences.push(t(slidingPlacesOpen ? "profile.slidingOpen" : "profile.slidingFull"));
    }
  }
  return sentences.join(" ");
}

/** "$120" or "$120–$180": whole units of one currency. */
export function feeRange(page: Page, min: number, max: number, currency: string): string {
  const low = page.money(min, currency);
  return min === max ? low : `${low}–${page.money(max, currency)}`;
}
