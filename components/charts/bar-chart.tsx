import type { Page } from "../ui/page.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { barWidth, floor, xOf, yOf } from "./scale.ts";

type MonthCount = {
  /** `YYYY-MM` */
  month: string;
  /** Null where it is below `fewest`, and not said. */
  count: number | null;
};

type BarChartProps = {
  page: Page;
  id: string;
  title: string;
  year: number;
  months: readonly MonthCount[];
  /** Counts below this are drawn as one and the same low, dashed box. */
  fewest: number;
};

/** How often something happened in each month of a year. */
export function BarChart({ page, id, title, year, months, fewest }: BarChartProps) {
  const tallest = months.toSorted((a, b) => (b.count ?? 0) - (a.count ?? 0))[0];
  const most = tallest?.count ?? 0;
  const description = page.t("numbers.chart.bars", {
    month: page.month(`${tallest?.month ?? year}-01`),
    count: most,
    fewest,
  });
  return (
    <ChartFrame {...{ page, id, title, description, year, most: Math.max(most, fewest * 2) }}>
      {(top) =>
        months.map(({ month, count }) => {
          const y =
            count === null ? Math.min(yOf(fewest - 1, top), floor - LOWEST) : yOf(count, top);
          return (
            <rect
              key={month}
              className={count === null ? "bar-hidden" : "bar"}
              x={xOf(month) - barWidth / 2}
              y={y}
              width={barWidth}
              height={floor - y}
            />
          );
        })
      }
    </ChartFrame>
  );
}

/** What is hidden can be seen to be there, however tall the others are. */
const LOWEST = 6;
