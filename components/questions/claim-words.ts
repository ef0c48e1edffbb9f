import type { ClaimNamed } from "#lib/questions/queries.ts";
import type { Page } from "../ui/page.ts";

/** What a question or a decision is about, in words: "LMFT 123456, California". */
export function claimWords(page: Page, claim: ClaimNamed | null): string {
  const { t } = page;
  if (claim === null) return t("questions.wholeProfile");
  const { claimType, letters, number, jurisdiction, course } = claim;
  if (letters !== null && number !== null) {
    return jurisdiction
      ? t("record.claim.credential", { letters, number, place: page.region(jurisdiction) })
      : t("record.claim.credentialAnywhere", { letters, number });
  }
  return t(`questions.claim.${claimType}`, { title: course ?? "" });
}
