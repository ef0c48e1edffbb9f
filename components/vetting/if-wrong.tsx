import { appealWithinDays } from "#lib/cases/rules.ts";
import { keepWordsDays, raisedBy } from "#lib/reports/rules.ts";
import type { Page } from "../ui/page.ts";
import type { VettingRules } from "./vetting-rules.ts";

/** What readers and therapists can do when we or a profile are wrong. */
export function IfWrong({ page, rules: { decisions } }: { page: Page; rules: VettingRules }) {
  const { t } = page;
  const takes = (action: "hide" | "restore") => (decisions[action].people === 1 ? 1 : 2);
  return (
    <>
      <h2 id="wrong">{t("howWeVet.part.wrong")}</h2>
      <ul>
        <li>{t("howWeVet.wrong.report", { days: keepWordsDays })}</li>
        <li>
          {t("howWeVet.wrong.raised", { count: raisedBy.reports, days: raisedBy.withinDays })}
        </li>
        <li>{t("howWeVet.wrong.hide", { people: takes("hide") })}</li>
        <li>{t("howWeVet.wrong.restore", { people: takes("restore") })}</li>
        <li>{t("howWeVet.wrong.appeal", { days: appealWithinDays })}</li>
        <li>{t("howWeVet.wrong.record")}</li>
        <li>{t("howWeVet.wrong.documents", { days: appealWithinDays })}</li>
      </ul>
    </>
  );
}
