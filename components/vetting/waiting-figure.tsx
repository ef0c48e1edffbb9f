import { answerWithinDays } from "#lib/cases/rules.ts";
import type { PublicNumbers } from "#lib/numbers/queries.ts";
import { fewest, tenthFrom } from "#lib/numbers/rules.ts";
import { SpanChart, SpanKey } from "../charts/span-chart.tsx";
import type { Page } from "../ui/page.ts";

/** How long therapists waited for a yes or a no. */
export function WaitingFigure({ page, numbers }: { page: Page; numbers: PublicNumbers }) {
  const { t } = page;
  const { waiting, year, whole } = numbers;
  const months = numbers.months.map((month, index) => ({
    month,
    half: waiting.months[index]?.half ?? null,
    nine: waiting.months[index]?.nine ?? null,
  }));
  const rows = whole ? [...months, { month: null, ...waiting.total }] : months;
  const said = rows.some(({ half }) => half !== null);
  const days = (count: number | null) =>
    count === null ? t("numbers.waiting.few") : t("numbers.waiting.days", { count });
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">{t("numbers.waiting.heading")}</h2>
      <p>{t("numbers.waiting.lead", { days: answerWithinDays })}</p>
      {!said && <p>{t("numbers.waiting.none", { fewest })}</p>}
      {said && (
        <figure>
          <figcaption>
            <SpanKey page={page} />
          </figcaption>
          <SpanChart
            {...{ page, id: "chart-waiting", year, months }}
            title={t("numbers.waiting.heading")}
          />
          <details>
            <summary>{t("numbers.table", { name: t("numbers.waiting.heading") })}</summary>
            <table>
              <caption>{t("numbers.waiting.caption", { fewest, tenthFrom })}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("numbers.month")}</th>
                  <th scope="col">{t("numbers.waiting.half")}</th>
                  <th scope="col">{t("numbers.waiting.nine")}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ month, half, nine }) => (
                  <tr key={month ?? "year"}>
                    <th scope="row">
                      {month === null ? t("numbers.wholeYear") : page.month(`${month}-01`)}
                    </th>
                    <td>{days(half)}</td>
                    <td>{days(nine)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </figure>
      )}
    </section>
  );
}
