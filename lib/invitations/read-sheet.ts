import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream";
import { CsvError, type Parser, parse } from "csv-parse";
import { SetupError } from "#lib/errors.ts";
import { delimiterOf, type Header, quoted, readHeader } from "./rules.ts";
import { type Cells, type ColumnName, columnNames, columns } from "./schema.ts";

export type SheetRow = {
  /** As a spreadsheet program numbers it: the headings are row 1. */
  row: number;
  cells: Cells;
  /** What stands in cells that have no heading. */
  strays: readonly string[];
};

const mostCharactersInRow = 200_000;

/**
 * The rows of a UTF-8 sheet, one at a time, however long it is; rows without a word are left out.
 * @throws SetupError when headings are wrong, or when its quotes leave no sure cells
 */
export async function* readSheet(path: string): AsyncGenerator<SheetRow> {
  let header: readonly (ColumnName | null)[] | undefined;
  let row = 0;
  try {
    for await (const record of recordsOf(path, await delimiterIn(path))) {
      row += 1;
      if (header) {
        if (record.some((cell) => cell.trim() !== "")) yield inColumns(row, record, header);
      } else header = requireColumns(readHeader(record));
    }
  } catch (error) {
    throw error instanceof CsvError ? brokenIn(error) : error;
  }
  if (!header) throw new SetupError("The sheet is empty: its first row must hold the headings.");
}

async function delimiterIn(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(8192), 0, 8192, 0);
    const beginning = buffer
      .subarray(0, bytesRead)
      .toString("utf8")
      .replace(/^\ufeff/, "");
    return delimiterOf(beginning.split(/[\r\n]/)[0] ?? "");
  } finally {
    await file.close();
  }
}

function recordsOf(path: string, delimiter: string): AsyncIterable<string[]> {
  const parser: Parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    max_record_size: mostCharactersInRow,
  });
  // Errors of the file become errors of the parser, and whoever stops reading closes the file.
  return pipeline(createReadStream(path), parser, () => {});
}

function requireColumns(header: Header): readonly (ColumnName | null)[] {
  if ("columns" in header) return header.columns;
  const lines = [
    ...header.unknown.map((name) => `  We know no column ${quoted(name)}.`),
    ...header.twice.map((name) => `  The column ${name} is there twice.`),
    ...header.missing.map((name) => `  The column ${name} is missing.`),
  ];
  throw new SetupError(
    `The headings of the sheet are not as they should be:\n${lines.join("\n")}\n  There can be: ${columnNames.join(", ")}. Nothing was imported.`,
  );
}

function inColumns(
  row: number,
  record: readonly string[],
  header: readonly (ColumnName | null)[],
): SheetRow {
  const cells = { ...blank };
  const strays: string[] = [];
  for (const [position, cell] of record.entries()) {
    const column = header[position];
    if (column) cells[column] = cell.trim();
    else if (cell.trim() !== "") strays.push(cell.trim());
  }
  return { row, cells, strays };
}

const blank = Object.fromEntries(Object.keys(columns).map((name) => [name, ""])) as Record<
  ColumnName,
  string
>;

/** The reader is ahead of us when it stumbles: it knows the row, we do not. */
function brokenIn({ records, lines }: CsvError): SetupError {
  return new SetupError(
    `The quotes in row ${Number(records) + 1} do not match (noticed in line ${lines}), so nobody can say where its cells end.\n` +
      '  A cell with " in it stands in quotes, and each " in it twice: "Ana ""Nita"" Ruiz".\n' +
      "  Nothing was imported.",
  );
}
