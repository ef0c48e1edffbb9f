import { retentionClasses } from "#lib/retention/classes.ts";
import { elsewhere } from "#lib/retention/columns.ts";
import type { Holding } from "#lib/retention/queries.ts";

/** What is held, a line for each class, and at the end what should be gone and is not. */
export function tableOf(holdings: readonly Holding[]): string[] {
  const rows = holdings.map(({ name, rows: held, oldest, overdue }) => {
    const { days, goes } = retentionClasses[name];
    const how = days === null ? goes : `${days} days: ${goes}`;
    return [name, String(held), oldest ?? "-", String(overdue), how];
  });
  const overdue = holdings.filter((holding) => holding.overdue > 0);
  return [
    ...columns([["class", "rows", "oldest", "overdue", "goes"], ...rows]),
    "",
    ...Object.entries(elsewhere).map(([where, name]) => `${where}: ${name}`),
    "",
    overdue.length === 0
      ? "Nothing is overdue."
      : `Overdue, should be gone and is not: ${overdue
          .map(({ name, overdue: count }) => `${name} (${count})`)
          .join(", ")}. Is a worker running?`,
  ];
}

function columns(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, at) =>
    Math.max(...lines.map((cells) => cells[at]?.length ?? 0)),
  );
  return lines.map((cells) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
