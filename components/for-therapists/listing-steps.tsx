import { answerWithinDays, appealWithinDays } from "#lib/cases/rules.ts";
import { freshness } from "#lib/profiles/rules.ts";
import type { Page } from "../ui/page.ts";

/** From a first word to a listing, with the days that the code goes by. */
export function ListingSteps({ page, core }: { page: Page; core: number }) {
  const { t, href } = page;
  return (
    <>
      <ul>
        <li>{t("forTherapists.listing.profile", { core })}</li>
        <li>{t("forTherapists.listing.who")}</li>
        <li>{t("forTherapists.listing.long", { days: answerWithinDays })}</li>
        <li>{t("forTherapists.listing.documents", { days: appealWithinDays })}</li>
        <li>{t("forTherapists.listing.no", { days: appealWithinDays })}</li>
        <li>{t("forTherapists.listing.own")}</li>
        <li>{t("forTherapists.listing.fresh", { days: freshness.hiddenAt })}</li>
        <li>{t("forTherapists.listing.public")}</li>
      </ul>
      <p>
        <a href={href("/how-we-vet")}>{t("forTherapists.listing.vet")}</a>
      </p>
      <p>
        <a className="button" href={href("/sign-in")}>
          {t("forTherapists.listing.begin")}
        </a>
      </p>
    </>
  );
}
