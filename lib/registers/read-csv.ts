import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { RegisterError } from "./rules.ts";

export type CsvShape = {
  delimiter: string;
  encoding: string;
  /** The headings that are wanted; the rest of the file is not kept for a moment. */
  headings: readonly string[];
};

const mostCharactersInRow = 100_000;
const mostCharactersInCell = 2_000;

/**
 * The wanted cells of each row, one row at a time, however long the file is.
 * @throws RegisterError `wrong-columns` naming the headings that are not there, or are there twice;
 * `malformed` with the row when quotes, columns or letters are broken
 */
export async function* readCsv(
  bytes: AsyncIterable<Uint8Array>,
  { delimiter, encoding, headings }: CsvShape,
): AsyncGenerator<Record<string, string>> {
  const parser = parse({
    bom: true,
    delimiter,
    skip_empty_lines: true,
    max_record_size: mostCharactersInRow,
  });
  // Errors of the source become errors of the parser, and whoever stops reading ends the source.
  const records: AsyncIterable<string[]> = pipeline(
    Readable.from(decoded(bytes, encoding)),
    parser,
    () => {},
  );
  let places: [heading: string, place: number][] | undefined;
  try {
    for await (const record of records) {
      if (places) yield Object.fromEntries(places.map(([name, at]) => [name, cell(record[at])]));
      else places = placesOf(record, headings);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new RegisterError("malformed", `row ${Number(error.records ?? 0) + 1}`);
  }
  if (!places) throw new RegisterError("empty");
}

async function* decoded(bytes: AsyncIterable<Uint8Array>, encoding: string) {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of bytes) yield decode(() => decoder.decode(chunk, { stream: true }));
  yield decode(() => decoder.decode());
}

function decode(read: () => string): string {
  try {
    return read();
  } catch {
    throw new RegisterError("malformed", "encoding");
  }
}

function placesOf(record: readonly string[], headings: readonly string[]): [string, number][] {
  const found = record.map((heading) => heading.trim());
  const once = (name: string) => found.filter((heading) => heading === name).length === 1;
  const wrong = headings.filter((heading) => !once(heading));
  if (wrong.length > 0) throw new RegisterError("wrong-columns", wrong.join(", "));
  return headings.map((heading) => [heading, found.indexOf(heading)]);
}

/** NUL is the one sign that the database cannot hold. */
function cell(text = ""): string {
  return text.replaceAll("\0", "").trim().slice(0, mostCharactersInCell).toWellFormed();
}
