import { acceptBlockers } from "#lib/decisions/rules.ts";
import { freshness } from "#lib/profiles/rules.ts";
import type { Page } from "../ui/page.ts";
import type { VettingRules } from "./vetting-rules.ts";

type ListingNeedsProps = {
  page: Page;
  rules: VettingRules;
  /** How many questions have to be answered. */
  core: number;
};

/** What has to be true before a profile goes up, and for as long as it is up. */
export function ListingNeeds({ page, rules, core }: ListingNeedsProps) {
  const { t } = page;
  const people = rules.decisions.verify.people === 1 ? 1 : 2;
  return (
    <>
      <h3>{t("howWeVet.needHeading")}</h3>
      <ul>
        {acceptBlockers.map((blocker) => (
          <li key={blocker}>{t(`howWeVet.need.${blocker}`, { core, people })}</li>
        ))}
      </ul>
      <h3>{t("howWeVet.stayHeading")}</h3>
      <ul>
        <li>{t("howWeVet.stay.checks")}</li>
        <li>{t("howWeVet.stay.openings", { days: freshness.hiddenAt })}</li>
        <li>{t("howWeVet.stay.down")}</li>
      </ul>
    </>
  );
}
