import type { Day } from "#lib/vetting/rules.ts";
import { addDays } from "#lib/vetting/rules.ts";
import { type ColumnName, columnNames, columns } from "./schema.ts";

/** What nobody has said yes to does not stay with us for longer. */
export const unansweredDays = 60;

/** The day on which an invitation without an answer is forgotten. */
export function forgottenOn(invitedOn: Day): Day {
  return addDays(invitedOn, unansweredDays);
}

/** The form in which addresses are stored and compared. */
export function tidyAddress(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}

const delimiters = [",", ";", "\t"] as const;

/** What stands between the cells: whatever finds most of our columns in the first line. */
export function delimiterOf(firstLine: string): "," | ";" | "\t" {
  const known = (delimiter: string) =>
    firstLine.split(delimiter).filter((cell) => columnOf(cell.replaceAll('"', ""))).length;
  return delimiters.toSorted((a, b) => known(b) - known(a))[0] ?? ",";
}

/** Spaces, hyphens and capitals do not matter: `Display Name` is `display_name`. */
export function columnOf(heading: string): ColumnName | undefined {
  const name = heading
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
  return columnNames.find((column) => column === name);
}

export type Header =
  | { columns: readonly (ColumnName | null)[] }
  | { unknown: readonly string[]; twice: readonly string[]; missing: readonly ColumnName[] };

/** Which column stands where; null for cells without a heading, which must stay blank. */
export function readHeader(headings: readonly string[]): Header {
  const found = headings.map((heading) => (heading.trim() === "" ? null : columnOf(heading)));
  const unknown = headings.filter((_, position) => found[position] === undefined);
  const named = found.filter((column) => column != null);
  const twice = named.filter((column, position) => named.indexOf(column) !== position);
  const missing = columnNames.filter(
    (column) => "required" in columns[column] && !named.includes(column),
  );
  if (unknown.length + twice.length + missing.length > 0) return { unknown, twice, missing };
  return { columns: found.map((column) => column ?? null) };
}

/** A list in one cell, by semicolons: many of our names have commas in them. */
export function splitList(cell: string): string[] {
  return cell
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** The form in which names are compared: without accents, capitals and doubled spaces. */
export function foldWords(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[\s_]+/g, " ")
    .trim();
}

/** What makes a text unfit for one line, and what may have been meant; null for a sound one. */
export function textFault(text: string): { expected: string; hint?: string } | null {
  if (text.includes("\ufffd")) {
    return { expected: "whole letters: the sign � stands where one was lost on the way" };
  }
  const meant = unscrambled(text);
  if (meant !== null) {
    const expected = "letters in UTF-8: these were read as Windows-1252 on the way";
    return { expected, hint: meant };
  }
  if (/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u.test(text)) {
    return { expected: "one line, without invisible characters" };
  }
  return /[\p{L}\p{N}]/u.test(text) ? null : { expected: "letters or digits" };
}

/** Bytes 0x80 to 0x9f in Windows-1252, in order; blanks are not assigned. */
const upperHalf = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/** `José` for `JosÃ©`: the UTF-8 that a text was before it was read as Windows-1252; else null. */
function unscrambled(text: string): string | null {
  if (!/[\u00c2-\u00f4]/.test(text)) return null;
  const bytes = [...text].map((letter) => {
    const position = letter === " " ? -1 : upperHalf.indexOf(letter);
    return position >= 0 ? 0x80 + position : (letter.codePointAt(0) ?? 0);
  });
  if (bytes.some((byte) => byte > 0xff)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array(bytes));
  } catch {
    return null;
  }
}

/** Text of strangers on one line of a terminal: nothing in it can steer the terminal. */
export function quoted(text: string, most = 60): string {
  const letters = [...text];
  const shown = letters.length > most ? `${letters.slice(0, most).join("")}…` : text;
  const plain = shown.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => {
    return `\\u{${sign.codePointAt(0)?.toString(16)}}`;
  });
  return `“${plain}”`;
}
