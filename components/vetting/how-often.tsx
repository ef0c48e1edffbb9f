import { claimTypes } from "#db/vocabulary.ts";
import { askedAt, remindedBefore } from "#lib/availability/rules.ts";
import { answerWithinDays } from "#lib/cases/rules.ts";
import { freshness } from "#lib/profiles/rules.ts";
import { daysFor, expiringWithin } from "#lib/vetting/rules.ts";
import type { Page } from "../ui/page.ts";
import type { VettingRules } from "./vetting-rules.ts";

/** How long a yes holds, when the next look begins, and what happens meanwhile. */
export function HowOften({ page, rules: { cadence } }: { page: Page; rules: VettingRules }) {
  const { t } = page;
  const [firstAsked, ...askedAgain] = askedAt;
  const numbers = (days: readonly number[]) => page.list(days.map((day) => page.number(day)));
  return (
    <>
      <h2 id="when">{t("howWeVet.part.when")}</h2>
      <p>{t("howWeVet.whenLead")}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("howWeVet.claim")}</th>
            <th scope="col">{t("howWeVet.holds")}</th>
            <th scope="col">{t("howWeVet.begins")}</th>
          </tr>
        </thead>
        <tbody>
          {claimTypes.map((claimType) => (
            <tr key={claimType}>
              <th scope="row">{t(`decisions.claim.${claimType}`)}</th>
              <td>{span(page, daysFor(claimType, cadence))}</td>
              <td>{t("howWeVet.before", { days: cadence.ahead[claimType] })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul>
        <li>{t("howWeVet.sooner", { span: span(page, cadence.days.everything) })}</li>
        <li>{t("howWeVet.ending", { days: expiringWithin })}</li>
        <li>{t("howWeVet.reminded", { days: numbers(remindedBefore) })}</li>
        <li>{t("howWeVet.edited")}</li>
        <li>{t("howWeVet.primary", { days: cadence.primaryWithin })}</li>
        <li>{t("howWeVet.sourceDown")}</li>
      </ul>
      <h3>{t("howWeVet.openingsHeading")}</h3>
      <ul>
        <li>{t("howWeVet.asked", { days: firstAsked, again: numbers(askedAgain) })}</li>
        <li>{t("howWeVet.labelled", { days: freshness.labelledAt })}</li>
        <li>{t("howWeVet.dropped", { days: freshness.acceptingDroppedAt })}</li>
        <li>{t("howWeVet.hidden", { days: freshness.hiddenAt })}</li>
      </ul>
      <h3>{t("howWeVet.answerHeading")}</h3>
      <p>{t("howWeVet.answer", { days: answerWithinDays })}</p>
    </>
  );
}

const YEAR = 365;

/** Whole years as years, everything else to the day. */
function span(page: Page, days: number): string {
  return days % YEAR === 0
    ? page.t("howWeVet.years", { years: days / YEAR })
    : page.t("howWeVet.days", { days });
}
