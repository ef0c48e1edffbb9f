import { lengthOf } from "#lib/forms/schema.ts";
import { textFault } from "./rules.ts";
import type { ColumnName, RowReader } from "./schema.ts";

/** One line of text, or null for a blank cell and for one that is wrong. */
export function readText(
  { cells, wrong }: RowReader,
  column: ColumnName,
  most: number,
): string | null {
  const text = cells[column];
  if (text === "") return null;
  const fault = textFault(text);
  if (fault) return wrong(column, fault);
  return lengthOf(text) <= most ? text : wrong(column);
}

/** What may have been meant, when there is anything to say. */
export function hintOf(ideas: readonly string[]): { hint?: string } {
  return ideas.length > 0 ? { hint: ideas.join(", ") } : {};
}
