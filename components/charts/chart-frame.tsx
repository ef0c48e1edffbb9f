import type { ReactNode } from "react";
import type { Page } from "../ui/page.ts";
import { floor, frame, topFor, xOf, yOf } from "./scale.ts";

type ChartFrameProps = {
  page: Page;
  /** Of this chart on its page. */
  id: string;
  title: string;
  /** What there is to see, for whoever does not. */
  description: string;
  year: number;
  most: number;
  children: (top: number) => ReactNode;
};

/** A year with its scale. Colours are those of the page, light or dark. */
export function ChartFrame(props: ChartFrameProps) {
  const { page, id, title, description, year, most, children } = props;
  const top = topFor(most);
  return (
    <svg
      viewBox={`0 0 ${frame.width} ${frame.height}`}
      className="chart"
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
      {[0, top / 2, top].map((value) => (
        <g key={value} className="chart-line">
          <line x1={frame.left} x2={frame.width} y1={yOf(value, top)} y2={yOf(value, top)} />
          <text x={frame.left - 6} y={yOf(value, top) + 5} textAnchor="end">
            {page.number(value)}
          </text>
        </g>
      ))}
      {quarters.map((month) => (
        <text key={month} x={xOf(`${year}-${month}`)} y={floor + 20} textAnchor="middle">
          {monthNames[page.locale].format(new Date(`${year}-${month}-01`))}
        </text>
      ))}
      {children(top)}
    </svg>
  );
}

/** Twelve names do not fit beside each other where the screen is narrow. */
const quarters = ["01", "04", "07", "10"] as const;

const monthNames = {
  en: new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" }),
  es: new Intl.DateTimeFormat("es-US", { month: "short", timeZone: "UTC" }),
};
