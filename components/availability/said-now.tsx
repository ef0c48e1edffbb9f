import type { OwnAvailability } from "#lib/availability/queries.ts";
import { daysBetween } from "#lib/availability/rules.ts";
import { availabilityOn } from "#lib/profiles/rules.ts";
import { feeWords } from "../profiles/fee-words.ts";
import type { Page } from "../ui/page.ts";

type SaidNowProps = { page: Page; availability: OwnAvailability };

/** What a listing says about openings and fees today, as its owner must know it. */
export function SaidNow({ page, availability }: SaidNowProps) {
  const { t } = page;
  const days = Math.max(0, daysBetween(availability.confirmedOn, page.today));
  const confirmed = { day: page.day(availability.confirmedOn), days };
  return (
    <dl className="facts">
      <div>
        <dt>{t("availability.accepting")}</dt>
        <dd>{accepting(page, availability)}</dd>
      </div>
      <div>
        <dt>{t("availability.fees")}</dt>
        <dd>{feeWords(page, availability)}</dd>
      </div>
      <div>
        <dt>{t("availability.confirmedOn")}</dt>
        <dd>{t("availability.daysAgo", confirmed)}</dd>
      </div>
    </dl>
  );
}

function accepting(page: Page, availability: OwnAvailability): string {
  const { t } = page;
  const { status } = availabilityOn(availability, page.today);
  if (status === "not-accepting") return t("availability.no");
  if (status === "not-known") return t("availability.notKnown");
  const { nextOpening } = availability;
  if (nextOpening === null || nextOpening <= page.today) return t("availability.yes");
  return t("availability.from", { day: page.day(nextOpening) });
}
