import type { PublicNumbers } from "#lib/numbers/queries.ts";
import { fewest } from "#lib/numbers/rules.ts";
import { BarChart } from "../charts/bar-chart.tsx";
import type { Page } from "../ui/page.ts";

type Row = PublicNumbers["groups"][number]["rows"][number];

type CountFiguresProps = { page: Page; numbers: PublicNumbers; rows: readonly Row[] };

/** A chart for each thing that happened often enough to be drawn, and a line for all others. */
export function CountFigures({ page, numbers, rows }: CountFiguresProps) {
  const { t } = page;
  const isSeldom = ({ months }: Row) => months.every((count) => count === null);
  const seldom = rows.filter(isSeldom);
  return (
    <>
      <div className="figures">
        {rows
          .filter((row) => !isSeldom(row))
          .map((row) => (
            <CountFigure key={row.id} {...{ page, numbers, row }} />
          ))}
      </div>
      {seldom.length > 0 && (
        <>
          <p>{t("numbers.seldom", { fewest })}</p>
          <ul>
            {seldom.map((row) => (
              <li key={row.id}>
                {t(`numbers.series.${row.id}`)} <InYear {...{ page, numbers, row }} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

type CountFigureProps = { page: Page; numbers: PublicNumbers; row: Row };

function InYear({ page, numbers: { year }, row: { total } }: CountFigureProps) {
  return (
    total !== null && <small>{page.t("numbers.inYear", { count: total, year: `${year}` })}</small>
  );
}

function CountFigure({ page, numbers, row }: CountFigureProps) {
  const { t } = page;
  const { year, whole } = numbers;
  const name = t(`numbers.series.${row.id}`);
  const months = numbers.months.map((month, index) => ({
    month,
    count: row.months[index] ?? null,
  }));
  return (
    <figure>
      <figcaption>
        <strong>{name}</strong> <InYear {...{ page, numbers, row }} />
      </figcaption>
      <BarChart {...{ page, id: `chart-${row.id}`, title: name, year, months, fewest }} />
      <details>
        <summary>{t("numbers.table", { name })}</summary>
        <table>
          <caption>{name}</caption>
          <thead>
            <tr>
              <th scope="col">{t("numbers.month")}</th>
              <th scope="col">{t("numbers.count")}</th>
            </tr>
          </thead>
          <tbody>
            {months.map(({ month, count }) => (
              <tr key={month}>
                <th scope="row">{page.month(`${month}-01`)}</th>
                <td>{count === null ? t("numbers.fewer", { fewest }) : page.number(count)}</td>
              </tr>
            ))}
          </tbody>
          {whole && (
            <tfoot>
              <tr>
                <th scope="row">{t("numbers.wholeYear")}</th>
                <td>{row.total === null ? t("numbers.notSaid") : page.number(row.total)}</td>
              </tr>
            </tfoot>
          )}
        </table>
      </details>
    </figure>
  );
}
