import type { Page } from "../ui/page.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { xOf, yOf } from "./scale.ts";

type MonthSpan = {
  /** `YYYY-MM` */
  month: string;
  /** Days that half of them waited at most; null where it is not said. */
  half: number | null;
  /** Days that nine in ten waited at most. */
  nine: number | null;
};

type SpanChartProps = {
  page: Page;
  id: string;
  title: string;
  year: number;
  months: readonly MonthSpan[];
};

/** How long people waited in each month of a year: a dot for half of them, a diamond for most. */
export function SpanChart({ page, id, title, year, months }: SpanChartProps) {
  const said = months.flatMap(({ half, nine }) => [half, nine].filter((days) => days !== null));
  const most = Math.max(0, ...said);
  const description = page.t("numbers.chart.waits", { days: most });
  return (
    <ChartFrame {...{ page, id, title, description, year, most }}>
      {(top) =>
        months.map(({ month, half, nine }) => (
          <g key={month}>
            {half !== null && nine !== null && (
              <line
                className="span"
                x1={xOf(month)}
                x2={xOf(month)}
                y1={yOf(half, top)}
                y2={yOf(nine, top)}
              />
            )}
            {nine !== null && <path className="diamond" d={diamond(xOf(month), yOf(nine, top))} />}
            {half !== null && <circle className="dot" cx={xOf(month)} cy={yOf(half, top)} r="5" />}
          </g>
        ))
      }
    </ChartFrame>
  );
}

/** The two signs with their meaning, for the words above a chart. */
export function SpanKey({ page }: { page: Page }) {
  return (
    <ul className="chart-key">
      <li>
        <svg viewBox="0 0 16 16" className="chart" aria-hidden="true">
          <circle className="dot" cx="8" cy="8" r="5" />
        </svg>
        {page.t("numbers.waiting.half")}
      </li>
      <li>
        <svg viewBox="0 0 16 16" className="chart" aria-hidden="true">
          <path className="diamond" d={diamond(8, 8)} />
        </svg>
        {page.t("numbers.waiting.nine")}
      </li>
    </ul>
  );
}

function diamond(x: number, y: number): string {
  return `M${x} ${y - 6}l6 6-6 6-6-6z`;
}
