import type { RowReport } from "#lib/invitations/import-sheet.ts";
import { quoted } from "#lib/invitations/rules.ts";
import { type Column, columns, type Problem } from "#lib/invitations/schema.ts";

export const example = "For example: npm run import -- people.csv";

export function helpText(): string {
  const lines = Object.entries(columns).map(([name, column]: [string, Column]) => {
    const must = column.required ? " Required." : "";
    return `  ${name.padEnd(16)} ${column.expected}.${must} For example: ${column.example}`;
  });
  return `Reads a sheet of therapists, and invites them to claim a draft that nobody else sees.

  npm run import -- people.csv
      a dry run: says what is wrong, row by row; writes nothing, and no mail goes out
  npm run import -- people.csv --write --community "Name of who gave us the addresses"
      does it; rows with anything wrong are left out. Ctrl-C stops between two rows, and the
      same command again goes on. Whoever is here already stays as they are
      --per-minute 60   how many invitations go out at most

A report lies beside the sheet afterwards: people.report.csv. The exit code is 1 when rows were left
out. The sheet is a CSV file in UTF-8; between its cells stands a comma, a semicolon or a tab. Its
first row holds these headings, in any order:

${lines.join("\n")}

A sheet to begin with: db/seed/import-sample.csv`;
}

const outcomes = {
  wrong: "left out",
  known: "already here",
  never: "asked not to be contacted",
} as const;

/** What became of a row, in words that fit the report and the summary. */
export function outcomeIn({ outcome }: Pick<RowReport, "outcome">, writes: boolean): string {
  if (outcome === "new") return writes ? "invited" : "would be invited";
  return outcomes[outcome];
}

/** A line for each thing that is wrong with a row. */
export function problemLines({ row, problems, strays, sameAs }: RowReport): string[] {
  return [
    ...problems.map((problem) => `row ${row}, ${inWords(problem)}`),
    ...strays.map((text) => `row ${row}: ${quoted(text)} stands in a cell without a heading.`),
    ...(sameAs === null ? [] : [`row ${row}, email: it is in row ${sameAs} already.`]),
  ];
}

function inWords({ column, found, expected, hint }: Problem): string {
  const given = found === "" ? "nothing found" : `found ${quoted(found)}`;
  const wanted = `expected ${expected ?? columns[column].expected}`;
  const idea = hint ? ` Did you mean ${quoted(hint, 200)}?` : "";
  return `${column}: ${given}; ${wanted}. For example: ${columns[column].example}.${idea}`;
}

export type Tally = ReadonlyMap<string, number>;

export function summary(tally: Tally, rows: { done: number; all: number }): string {
  const lines = [...tally].map(([outcome, count]) => `  ${String(count).padStart(6)}  ${outcome}`);
  return [`${rows.done} of ${rows.all} rows:`, ...lines].join("\n");
}
